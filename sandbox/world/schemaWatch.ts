import * as z from 'zod';
import { SCANNED_TYPES } from '../services/inspector2/state.ts';
import { name } from './schemaParts.ts';

const flag = (initially: boolean) => z.boolean().default(initially);

/** What watches the account. Each is off in a new account, as on AWS. */
export const watch = {
  guardDuty: z
    .strictObject({
      enabled: flag(true).describe('false: the detector is there, and suspended.'),
      runtimeMonitoring: flag(true).describe('Whether GuardDuty watches what runs in containers and on hosts.'),
      managedAgents: z
        .array(z.enum(['FARGATE', 'EC2']))
        .default(['FARGATE', 'EC2'])
        .describe('Where GuardDuty puts its agent by itself.'),
      uncovered: z
        .array(
          z.strictObject({
            cluster: name(255).describe('Name of an ECS cluster of this file.'),
            issue: z.string().default('Agent not reporting').describe('What GuardDuty says is wrong.'),
          }),
        )
        .default([])
        .describe('Clusters that runtime monitoring does not see.'),
    })
    .optional()
    .describe('The GuardDuty detector. Without it there is none. It finds nothing: put its findings onto the bus.'),
  inspector: z
    .strictObject({ scans: z.array(z.enum(SCANNED_TYPES)).min(1).describe('What Inspector scans: ec2, ecr, lambda …') })
    .optional()
    .describe('Amazon Inspector. Without it: off. It finds nothing: put its findings onto the bus.'),
  configRecorder: z
    .strictObject({
      recording: flag(true).describe('false: it is there, and stopped.'),
      lastStatus: z.enum(['PENDING', 'SUCCESS', 'FAILURE']).default('SUCCESS').describe('Of its last delivery.'),
    })
    .optional()
    .describe('The recorder of AWS Config. Without it there is none.'),
  registryScanning: z
    .strictObject({
      scanType: z.enum(['BASIC', 'ENHANCED']).default('BASIC').describe('ENHANCED: Inspector scans, ECR does not.'),
      rules: z
        .array(
          z.strictObject({
            scanFrequency: z
              .enum(['SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'])
              .default('SCAN_ON_PUSH')
              .describe('When: on each push; all the time, which enhanced scanning alone does; or by hand.'),
            filters: z
              .array(z.string())
              .min(1)
              .describe(
                'Names of repositories, or parts of them; * stands for any characters, and then it is the whole name.',
              ),
          }),
        )
        .default([])
        .describe('Which repositories are scanned, beside those that say scanOnPush.'),
      organizationPolicy: flag(false).describe('true: a policy of the organization decides, and no call changes it.'),
    })
    .optional()
    .describe('How the registry scans. Without it: basic scanning, of the repositories that say scanOnPush.'),
  confirmedAddresses: z
    .array(z.string())
    .default([])
    .describe(
      'Email addresses whose owner follows the link of each confirmation mail at once. Other subscriptions by email stay unconfirmed.',
    ),
};
