import * as z from 'zod';
import { COMPLIANCE_LEVELS } from '../services/ssm/patches/patch.ts';
import { instant } from './schemaParts.ts';

/** The keys of an account file that are of AWS Systems Manager. */

const platform = z
  .strictObject({
    type: z.enum(['Linux', 'Windows', 'MacOS']).default('Linux').describe('Kind of operating system.'),
    name: z.string().min(1).default('Amazon Linux').describe('Its name.'),
    version: z.string().min(1).default('2023').describe('Its version.'),
  })
  .prefault({})
  .describe('Its operating system.');

const patch = z.strictObject({
  id: z.string().min(1).describe('KB id, or package and architecture, e.g. kernel.x86_64.'),
  title: z.string().min(1).optional().describe('Its title. Without it: the id.'),
  classification: z.string().default('Security').describe('Security, SecurityUpdates, Bugfix …'),
  severity: z.string().default('Important').describe('Critical, Important, Medium, Low …'),
  complianceLevel: z
    .enum(COMPLIANCE_LEVELS)
    .default('UNSPECIFIED')
    .describe('How bad the patch baseline finds it that the patch is missing.'),
  cveIds: z.array(z.string()).default([]).describe('What it resolves.'),
  state: z
    .enum(['Installed', 'InstalledOther', 'InstalledPendingReboot', 'InstalledRejected', 'Missing', 'Failed'])
    .default('Missing')
    .describe('How it stands on the host.'),
  installs: z.boolean().default(true).describe('false: it fails when it is installed, and its command with it.'),
  installedAt: instant.optional().describe('When it was installed (ISO 8601 UTC).'),
});

const behaviour = z.strictObject({
  document: z
    .enum(['AWS-RunShellScript', 'AWS-RunPatchBaseline', 'AWS-RunPatchBaselineWithHooks'])
    .optional()
    .describe('The document. Without it: each.'),
  script: z.string().min(1).optional().describe('Text that stands in the script. Without it: each.'),
  seconds: z.number().min(0).optional().describe('How long it takes, without a reboot.'),
  exitCode: z.number().int().min(0).max(255).optional().describe('Its exit code; other than 0 it fails.'),
  stdout: z.string().optional().describe('What it writes.'),
  stderr: z.string().optional().describe('What it writes to the error output.'),
  answers: z.boolean().default(true).describe('false: the agent takes the command and is not heard of again.'),
});

export const managedNode = z
  .strictObject({
    pingStatus: z
      .enum(['Online', 'ConnectionLost', 'Inactive'])
      .default('Online')
      .describe('Whether the agent answers. What is not Online takes no command.'),
    agentVersion: z
      .string()
      .regex(/^[0-9]{1,6}(?:\.[0-9]{1,6}){2,3}$/, 'must be a version of three or four numbers, e.g. 3.3.3050.0')
      .default('3.3.3050.0')
      .describe('Version of the agent.'),
    platform,
    patchGroup: z.string().max(256).default('').describe('Its patch group. Without it: the default one.'),
    patches: z.array(patch).default([]).describe('The patches that concern it, each once.'),
    scanned: z
      .boolean()
      .default(true)
      .describe('false: no patch operation has run on it, so that nothing is known of its patches.'),
    commands: z
      .array(behaviour)
      .default([])
      .describe('What it does with commands: the first that fits. Without one it does what is asked and succeeds.'),
  })
  .optional()
  .describe('The host is a managed node of Systems Manager. Without it: it is none, and takes no command.');

const nodeIds = z.array(
  z.string().regex(/^i-[0-9a-f]{8,17}$/, 'must be the id of an instance, e.g. i-0ab12cd34ef567890'),
);

export const association = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a UUID in small letters')
    .describe('Its id.'),
  name: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,128}$/, 'must be the name of an association')
    .optional()
    .describe('Its name. Without it: it has none.'),
  document: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,128}$/, 'must be the name of a document')
    .default('AWS-GatherSoftwareInventory')
    .describe('Name of the document. It is named, never run.'),
  parameters: z.record(z.string(), z.array(z.string())).default({}).describe('What the document is given.'),
  targets: z
    .array(
      z.strictObject({
        key: z
          .string()
          .regex(/^(?:InstanceIds|tag-key|tag:.{1,128})$/, 'must be InstanceIds, tag-key or tag:NAME')
          .describe('InstanceIds, tag-key or tag:NAME.'),
        values: z.array(z.string().min(1)).min(1).describe('Ids (`*`: every node), or values of the tag.'),
      }),
    )
    .min(1)
    .describe('What it is applied to: nodes that meet all of these.'),
  runbookParameter: z
    .string()
    .min(1)
    .optional()
    .describe('Of a runbook of Automation, the parameter that takes the targets. Without it: it is none.'),
  appliedAt: instant.optional().describe('When it was applied last (ISO 8601 UTC). Without it: at the start.'),
  failed: nodeIds.default([]).describe('Nodes on which that failed.'),
  failsOn: nodeIds.default([]).describe('Nodes on which it fails whenever it is applied.'),
});

export const systemsManager = z
  .strictObject({
    throughput: z
      .enum(['none', 'standard', 'high'])
      .default('none')
      .describe(
        "Which of Parameter Store's documented rates are kept; calls above them are throttled. none: calls are not counted.",
      ),
  })
  .optional()
  .describe('Settings of AWS Systems Manager.');
