// Records as they stand in JSON. Exported from their locks; edits are lost.

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface ParameterRecord {
  name: string;
  /** Absent: neither declared nor inferred. */
  data_type?: string;
  /** Absent: this event executes nothing. */
  value?: string;
}

export type PreparedAction = "prepare" | "execute" | "deallocate";

export interface PreparedStatementEvent {
  type: "prepared_statement_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  statement: number;
  action: PreparedAction;
  name: string;
  /** Absent: this event prepares nothing. */
  sql?: string;
  /** Absent: `[]`. */
  parameters?: ParameterRecord[];
}

/** The type of each record by its name. */
export interface Records {
  prepared_statement_event: PreparedStatementEvent;
}
