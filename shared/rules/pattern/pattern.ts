import type { Json } from '../../platform/json.ts';

/** An EventBridge event pattern: as written, and checked by `compilePattern`. */
export type Pattern = { readonly [key: string]: Json };
