// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

declare const base64: unique symbol;
/** Bytes as base64 text: text that is just text is not assignable. */
export type Base64 = string & { readonly [base64]: true };

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export interface Bounded {
  percent: Percent;
  code: Code;
  whole: Int64;
  real: number;
  list: Percent[];
  map: { [key: string]: number };
  bytes?: Base64;
  maybe?: Int64 | null;
  digits: string | null;
  at: DateTime;
}

export type Code = string;

export type Color = "none" | "deep_red" | "scarlet" | "bl ue";

export interface Containers {
  array: [number, number, number];
  digest: Base64;
  tuple: [number, string, Point | null];
  unit: null;
  set: number[];
  points: Point[];
  pairs: [number, Base64][];
  nested: { [key: string]: { [key: string]: (number | null)[] } };
  colors: Color[];
  palette: Color[];
  any: unknown;
  ext?: Level[];
  kind: Kind;
}

export interface Defaults {
  /** Absent: `null`. */
  none?: string | null;
  /** Absent: `true`. */
  flag?: boolean;
  /** Absent: `1000`. */
  number?: Int64;
  /** Absent: `-0.5`. */
  real?: number;
  /** Absent: `"hello \"there\"\n"`. */
  text?: string;
  /** Absent: `""`. */
  list?: Base64;
  /** Absent: `["a","b"]`. */
  items?: string[];
  /** Absent: `[]`. */
  set?: string[];
  /** Absent: `[1,2]`. */
  some?: number[];
  /** Absent: `{}`. */
  map?: { [key: string]: number };
  /** Absent: `[1,2,3]`. */
  point?: Point;
  /** Absent: `"deep_red"`. */
  color?: Color;
  /** Absent: `10`. */
  level?: Level;
  /** Absent: `"Table"`. */
  kind?: Kind;
  /** Absent: `"zz"`. */
  code?: Code;
  /** Absent: `"1970-01-01T00:00:00Z"`. */
  at?: DateTime;
  /** Absent: `[1,"x"]`. */
  tuple?: [number, string | null];
}

export interface Flat {
  id: number;
  left: boolean;
}

export type Kind = "Table" | (string & {});

export interface Leaf {
  op: "Leaf";
  value: number;
}

export const Level = {
  Low: -3,
  High: 10,
} as const;
export type Level = (typeof Level)[keyof typeof Level];

export interface Marked {
  type: "marked";
  at: Nested;
}

export interface Names {
  class: number;
  /** Absent: `7`. */
  from?: number;
  /** Absent: `null`. */
  "content-type"?: string | null;
  content_type: string;
  __init__: boolean;
  "größe": Int64;
  /** Absent: `""`. */
  self?: Base64;
  Optional: string;
  Point: string;
  point: Point;
  bytes: Int64;
  int: number;
  list: Int64[];
  str: string;
  dict: { [key: string]: number };
  after_bytes: Base64;
  msgspec?: number | null;
}

export interface Namesakes {
  left: Side;
  right: Side2;
  numbers: Pair;
  words: Pair2;
  [field: string]: unknown;
}

export type Nested = Int64 | string | Nested[] | Marked;

export interface Node {
  op: "Node";
  children: Tree[];
}

export interface Nothing {
  op: "Nothing";
}

export interface Pair {
  first: number;
  second: Int64;
}

export interface Pair2 {
  first: string;
  second: boolean | null;
}

export type Percent = number;

export type Point = [
  x: number,
  y: number,
  /** Absent: `1`. */
  z?: number,
];

export interface Side {
  left: boolean;
}

export interface Side2 {
  kind: 7;
  right: boolean;
}

export interface Times {
  at: DateTime;
  civil: DateTime;
  date: string;
  time: string;
  span: string;
  id: string;
  exact: string;
  either: DateTime;
  maybe?: string;
}

export type Tree = Leaf | Node | Nothing;

export interface Written {
  /** Absent: `5`. */
  five?: number;
  wide: Int64;
  widest?: Int64;
}

/** The type of each record by its name. */
export interface Records {
  names: Names;
  namesakes: Namesakes;
  tree: Tree;
  nested: Nested;
  bounded: Bounded;
  containers: Containers;
  times: Times;
  defaults: Defaults;
  written: Written;
  flat: Flat;
  map: { [key: string]: Int64 };
}
