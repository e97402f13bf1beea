// Records as they stand in JSON. Exported from their locks; edits are lost.

/** Records of other tags occur too. */
export type Event = Open | Shut;

export interface Loose {
  type: "loose.v2" | "loose.v1";
  starts_a_word: string;
  /** Absent: nobody * / asked. The record's own code reads it under other names too: old. */
  new?: number;
  /** Volatile: time. The record's own code reads it leniently. */
  text: number;
  /** The record's own code reads it and never writes it. */
  secret: string;
  by_number: { [key: string]: number };
  ext: never;
  event: Event;
  [field: string]: unknown;
}

export interface Open {
  type: "open";
}

export interface Shut {
  type: "shut";
}

/** The type of each record by its name. */
export interface Records {
  loose: Loose;
}
