/** What AWS's model says of a member: how it may look on the wire. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  /** Base64. */
  | 'blob'
  /** Seconds since the epoch in JSON; ISO 8601 in a form. */
  | 'time'
  /** ISO 8601 or as in HTTP, in JSON too. */
  | 'time-text'
  /** Anything. */
  | 'document'
  | { readonly list: Shape }
  | { readonly map: Shape }
  /** Name of a structure. */
  | { readonly of: string };

/** What the operations of one service take. */
export interface ServiceShapes {
  /** The structure that each operation takes. */
  readonly operations: { readonly [operation: string]: string };
  readonly structures: { readonly [name: string]: { readonly [member: string]: Shape } };
}

/** By the service's name. */
export type InputShapes = { readonly [service: string]: ServiceShapes };
