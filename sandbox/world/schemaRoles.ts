import * as z from 'zod';
import { tags } from './schemaParts.ts';

const roleName = /^[\w+=,.@-]{1,64}$/;

/** As IAM takes it, in YAML: checked by IAM itself, which keeps it as it is written. */
const document = z.record(z.string(), z.json());

const trustOfTasks = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const policyName = z.string().regex(/^[\w+=,.@-]{1,128}$/, 'must be 1 to 128 letters, digits or any of _+=,.@-');

export const managedPolicy = z.strictObject({
  name: policyName.describe('Name of the managed policy.'),
  path: z
    .string()
    .regex(/^\/(?:[!-~]+\/)?$/, 'must begin and end with a slash, e.g. /boundaries/')
    .default('/')
    .describe('Its path.'),
  version: z
    .string()
    .regex(/^v[1-9]\d*$/, 'must be v and a number, e.g. v1')
    .default('v1')
    .describe('Id of its default version, which is in force.'),
  document: document.describe('The text of that version, with a Statement, as IAM takes it.'),
});

export const role = z.strictObject({
  name: z
    .string()
    .regex(roleName, 'must be 1 to 64 letters, digits or any of _+=,.@-')
    .describe('Name of the IAM role.'),
  path: z
    .string()
    .regex(/^\/(?:[!-~]+\/)?$/, 'must begin and end with a slash, e.g. /service-role/')
    .default('/')
    .describe('Its path.'),
  tags,
  trust: document
    .default(trustOfTasks)
    .describe('Its trust policy: who may assume it. Without it: the tasks of Amazon ECS.'),
  policies: z
    .array(
      z.strictObject({
        name: policyName.describe('Name of the policy, once in the role.'),
        document: document.describe('The policy, with a Statement, as IAM takes it.'),
      }),
    )
    .default([])
    .describe('The policies that are written into it. Without any it may do nothing.'),
  permissionsBoundary: policyName
    .optional()
    .describe('Name of the managed policy of this file that is its permissions boundary. Without it: none.'),
});

/** A role as a task definition names it. */
export const roleReference = z
  .string()
  .regex(
    /^(?:arn:aws:iam::\d{12}:role\/.+|[\w+=,.@-]{1,64})$/,
    'must be the name of one of the roles of this file, or the ARN of any, e.g. arn:aws:iam::123456789012:role/api',
  );
