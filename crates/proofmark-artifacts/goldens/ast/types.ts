// Records as they stand in JSON. Exported from their locks; edits are lost.

export interface AstArtifact {
  type: "ast.v1";
  dialect: string;
  parser: string;
  statements: StatementAst[];
}

export type AstOmission = "too_deep" | "too_large" | "engine_statement";

export type Digest = string;

export interface StatementAst {
  statement: number;
  sql: string;
  normalized_sql: string;
  policy_sha256: Digest;
  /** Absent: the tree was not stored; `omitted` says why. */
  ast?: unknown;
  /** Absent: the tree is there. */
  omitted?: AstOmission;
}

/** The type of each record by its name. */
export interface Records {
  ast: AstArtifact;
}
