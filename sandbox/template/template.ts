import * as z from 'zod';
import { complaintsOf } from '../../shared/rules/complaints.ts';
import { TemplateError } from './intrinsics.ts';

/** What decides what becomes of a resource when the stack goes, or changes: neither happens here. */
const withoutEffect = z.unknown().optional();

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .default([]),
  DeletionPolicy: withoutEffect,
  UpdateReplacePolicy: withoutEffect,
  Metadata: withoutEffect,
});

/** A CloudFormation template as far as it is deployed here. Strict: a section that would be passed over is refused. */
const frame = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: withoutEffect,
  Resources: z.record(z.string(), resource),
  Outputs: z
    .record(z.string(), z.strictObject({ Value: z.unknown(), Description: withoutEffect, Export: withoutEffect }))
    .default({}),
});

/** A template as `serverless package` writes it: parsed JSON. */
export type Template = z.input<typeof frame>;
export type ReadTemplate = z.output<typeof frame>;

/** Checks a template's frame. Throws TemplateError with the path of what the sandbox does not know. */
export function readTemplate(template: Template): ReadTemplate {
  const parsed = frame.safeParse(template, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [complaint] = complaintsOf(parsed.error, '', frame);
  const unknown = complaint?.code === 'unknown-key' ? 'is not known to the sandbox' : complaint?.message;
  throw new TemplateError(complaint?.path || 'the whole', unknown ?? 'is not understood');
}
