// Records as they stand in JSON. Exported from their locks; edits are lost.

export interface DecisionReport {
  record: string;
  definition: string;
  field: string;
  type: string;
  policy: PolicyKind;
  meaning: string;
  open: boolean;
}

export interface GateReport {
  type: "gate_report.v1";
  fails: boolean;
  fields: DecisionReport[];
}

export type PolicyKind = "defaulted" | "absent_means" | "null_means" | "tri_state" | "either" | "undecided";

/** The type of each record by its name. */
export interface Records {
  gate_report: GateReport;
}
