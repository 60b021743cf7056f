import * as z from 'zod';
import type { JsonObject } from '../../../shared/platform/json.ts';

/** A policy as the template writes it; its meaning is checked by the IAM part when it is attached. */
export const policyDocument = z.custom<JsonObject>(
  (value) => value !== null && typeof value === 'object' && Array.isArray((value as JsonObject)['Statement']),
  'must be a policy document with a list of statements',
);

/** Properties that change nothing a program can see here, and are therefore only checked for their shape. */
export const withoutEffect = z.unknown().optional();
