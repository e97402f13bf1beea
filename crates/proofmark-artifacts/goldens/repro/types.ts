// Records as they stand in JSON. Exported from their locks; edits are lost.

/**
 * An integer of 64 bits or more. `JSON.parse` makes a `number` of it, which is exact up to 2^53;
 * parsers that keep every digit, and readers of MessagePack, make a `bigint`.
 */
export type Int64 = number | bigint;

export interface ConfigEntry {
  key: string;
  /** Null: the setting is known and has no value. */
  value: string | null;
  origin: string;
}

export interface GitRecord {
  /** Absent: the repository has no commit yet. */
  revision?: string;
  /** Absent: no branch is checked out. */
  branch?: string;
  /** Absent: it could not be told in time. */
  dirty?: boolean;
}

export interface HostRecord {
  /** Absent: it could not be read. Volatile: host. */
  hostname?: string;
  /** Absent: it could not be read. Volatile: host. */
  kernel?: string;
  /** Volatile: host. */
  cpu_count: number;
  /** Absent: it could not be read. Volatile: host. */
  cpu_model?: string;
  /** Absent: it could not be read. Volatile: host. */
  memory_bytes?: Int64;
  /** Absent: it could not be read. Volatile: host. */
  time_zone?: string;
}

export interface PlatformRecord {
  os: string;
  arch: string;
}

export interface Repro {
  type: "repro.v1";
  /** Volatile: host. */
  host: HostRecord;
  platform: PlatformRecord;
  /** Volatile: host. */
  toolchain: ToolchainRecord;
  packages: { [key: string]: string };
  /** Absent: the run was not started inside a git checkout. Volatile: host. */
  git?: GitRecord;
  /** Volatile: path. Absent: `[]`. */
  command?: string[];
  /** Absent: it could not be read. Volatile: path. */
  working_directory?: string;
  /** Volatile: path. Absent: `{}`. */
  tables?: { [key: string]: string };
  /** Volatile: host. Absent: `{}`. */
  environment?: { [key: string]: string };
  /** Absent: `[]`. */
  config?: ConfigEntry[];
}

export interface ToolchainRecord {
  rustc: string;
  target: string;
  profile: string;
}

/** The type of each record by its name. */
export interface Records {
  repro: Repro;
}
