// Records as they stand in JSON. Exported from their locks; edits are lost.

/** A date and time as RFC 3339 text. */
export type DateTime = string;

export type FeatureState = "enabled" | "disabled" | "not_built";

export interface FeatureStateEvent {
  type: "feature_state_event.v1";
  /** Absent: the writer did not say; the reader fills it in. Volatile: time. */
  event_time?: DateTime;
  feature: string;
  state: FeatureState;
  /** Absent: it was decided when the program was built. */
  setting?: string;
}

/** The type of each record by its name. */
export interface Records {
  feature_state_event: FeatureStateEvent;
}
