/** The time, read once at the start of a flow and passed on as a value. */
export interface Clock {
  now(): Date;
}
