// Records as they stand in JSON. Exported from their locks; edits are lost.

export type Digest = string;

export interface Envelope {
  type: "envelope.v1";
  kind: string;
  version: number;
  writer: string;
  sha256: Digest;
  record: unknown;
}

/** The type of each record by its name. */
export interface Records {
  envelope: Envelope;
}
