
// @ts-expect-error: a field that is not there
export const unknownField: Records["cdf_cursor"] = { ...cdf_cursor, no_such_field: 1 };
// @ts-expect-error: absent is not undefined
export const undefinedField: Records["cdf_cursor"] = { ...cdf_cursor, table_id: undefined };
// @ts-expect-error: absent is not null
export const nullField: Records["cdf_cursor"] = { ...cdf_cursor, table_id: null };
// @ts-expect-error: another tag
export const otherTag: Records["cdf_cursor"] = { ...cdf_cursor, type: "cdf_cursor.v2" };
// @ts-expect-error: a number is not text
export const wrongType: Records["cdf_cursor"] = { ...cdf_cursor, dataset_name: 1 };
// @ts-expect-error: a field is missing
export const missingField: Records["cdf_cursor"] = { type: "cdf_cursor.v1", dataset_name: "orders" };
// @ts-expect-error: an event of no known kind
export const unknownEvent: Records["diagnostics"] = { type: "diagnostics.v1", events: [{ type: "no_such_event" }] };
// @ts-expect-error: text is not base64 text
export const text: Records["profile"] = { ...profile, arrow_schema: "text" };

export function discriminated(event: Records["diagnostics"]["events"][number]): string {
  switch (event.type) {
    case "parse_error_event.v1":
      return event.message;
    case "prepared_statement_event.v1":
      return event.name ?? event.action;
    default:
      return event.type;
  }
}
