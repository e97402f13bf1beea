// Records as they stand in JSON. Exported from their locks; edits are lost.

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

export interface AstArtifact {
  type: "ast.v1";
  dialect: string;
  parser: string;
  policy_sha256: Digest;
  statements: StatementAst[];
}

export type AstOmission = "too_deep" | "too_large" | "engine_statement" | "substrait_plan";

export type Digest = string;

export interface StatementAst {
  statement: number;
  sql: string;
  normalized_sql: string;
  normalized_sha256: Digest;
  /** Absent: the tree was not stored; `omitted` says why. */
  ast?: unknown;
  /** Absent: the tree is there. */
  omitted?: AstOmission;
  /** Absent: the statement was written as SQL. */
  substrait?: Base64;
}

/** The type of each record by its name. */
export interface Records {
  ast: AstArtifact;
}
