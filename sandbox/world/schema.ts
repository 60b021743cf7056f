import * as z from 'zod';

/**
 * An account file (`*.account.yaml`): the world that the sandbox, `explain` and tests start from. Strict: a key that
 * nothing reads is refused rather than ignored. The descriptions are the documentation of its JSON Schema.
 */

const digest = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits in lower case')
  .describe(
    'Digest of the manifest. Without `content` it is taken as given: the made-up manifest does not hash to it.',
  );

const instant = z.iso.datetime({ message: 'must be an ISO 8601 UTC time such as 2026-11-20T09:00:00Z' });

const tags = z.record(z.string(), z.string()).default({}).describe('Tags of the resource, e.g. { team: payments }.');

/** A name of letters, digits, hyphens and underscores. */
const name = (longest: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9_-]{1,${longest}}$`),
      `must be 1 to ${longest} letters, digits, hyphens or underscores`,
    );

const platform = z.strictObject({
  digest,
  os: z.string().default('linux').describe('`unknown`, as architecture too, is how BuildKit lists an attestation.'),
  architecture: z.string().default('amd64').describe('amd64, arm64 …'),
});

const severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']);

const imageTag = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,299}$/, 'must be a tag: letters, digits, dots, hyphens and underscores');

const image = z.strictObject({
  digest,
  content: z
    .string()
    .optional()
    .describe(
      'Any text, in the place of the layers. With it the manifest hashes to the digest, as on AWS; a digest that does not fit is answered with the one that does. An index needs none: give its platforms.',
    ),
  tags: z.array(imageTag).default([]).describe('Tags of the image. A tag is on one image of a repository only.'),
  pushedAt: instant.default('2026-01-01T00:00:00Z').describe('When it was pushed (ISO 8601 UTC).'),
  lastPulledAt: instant
    .optional()
    .describe('The last pull that ECR recorded (ISO 8601 UTC). Without it: never pulled.'),
  storageClass: z
    .enum(['STANDARD', 'ARCHIVE'])
    .default('STANDARD')
    .describe('ARCHIVE: it cannot be pulled. What an index lists is archived with it, unless another index needs it.'),
  platforms: z
    .array(platform)
    .default([])
    .describe(
      'With platforms the image is an index, and each platform is an image of its own, pushed with it. Give a platform an entry under images too when it has tags, a scan or times of its own.',
    ),
  scan: z
    .partialRecord(severity, z.number().int().min(0))
    .optional()
    .describe(
      'Vulnerability counts of the last basic scan, e.g. { CRITICAL: 12 }. Those of an index are of each of its platforms, because ECR does not scan an index.',
    ),
});

const repository = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?=.{2,256}$)[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
      'must be the name of an ECR repository: lower-case letters and digits, with . _ - and / between them',
    )
    .describe('Name of the ECR repository, e.g. payments/checkout-api.'),
  tags,
  images: z.array(image).default([]).describe('The images that it holds.'),
});

const imageReference = z
  .string()
  .describe(
    "`repository:tag`, `repository@sha256:…` or `repository:tag@sha256:…` of this account's registry (the full URI is taken as well), or an image of a registry elsewhere with its host, e.g. public.ecr.aws/nginx/nginx:1.27.",
  );

const container = z.strictObject({ name: name(255).describe('Name of the container.'), image: imageReference });

const definitionName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,255}:[1-9]\d*$/, 'must be family:revision, e.g. checkout-api:42')
  .describe('`family:revision` of an entry under taskDefinitions.');

const taskDefinition = z.strictObject({
  family: name(255).describe('Family of the task definition.'),
  revision: z.number().int().positive().describe('Revision within the family.'),
  containers: z.array(container).min(1, 'must have at least one container').describe('Its containers.'),
});

const service = z.strictObject({
  name: name(255).describe('Name of the ECS service.'),
  taskDefinition: definitionName,
  desiredCount: z
    .number()
    .int()
    .min(0)
    .max(5000)
    .describe(
      'How many tasks it keeps; so many are running at the start. At 0 nothing was deployed yet, so that no digest is known.',
    ),
  tags,
});

const task = z.strictObject({
  id: name(255).describe('Id of the task, on AWS 32 hexadecimal digits.'),
  taskDefinition: definitionName,
  status: z
    .enum(['PROVISIONING', 'PENDING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'STOPPED'])
    .default('RUNNING')
    .describe('Its last status.'),
});

const scheduledTask = z.strictObject({
  name: z
    .string()
    .regex(/^[.\-_A-Za-z0-9]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens or underscores')
    .describe('Name of the EventBridge rule.'),
  schedule: z.string().describe('When it would start a task: rate(…) or cron(…). It never does here.'),
  taskDefinition: definitionName,
});

const cluster = z.strictObject({
  name: name(255).describe('Name of the ECS cluster.'),
  services: z.array(service).default([]).describe('Its services (Fargate, rolling deployments).'),
  tasks: z.array(task).default([]).describe('Tasks that belong to no service.'),
  scheduledTasks: z
    .array(scheduledTask)
    .default([])
    .describe('EventBridge rules that would start a task in the cluster on a schedule.'),
});

const lambda = z.strictObject({
  name: name(64).describe('Name of the Lambda function. It is listed, never run.'),
  image: imageReference.optional().describe('The image that it was made from. Without it the function is a zip.'),
});

export const worldSchema = z.strictObject({
  account: z
    .string('must be 12 digits in quotes, e.g. "123456789012"')
    .regex(/^\d{12}$/, 'must be 12 digits in quotes, e.g. "123456789012"')
    .default('123456789012')
    .describe('Id of the account, in quotes.'),
  region: z
    .string()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be the name of a Region, e.g. eu-west-1')
    .default('us-east-1')
    .describe('The one Region of this world.'),
  repositories: z.array(repository).default([]).describe('ECR repositories of the private registry.'),
  taskDefinitions: z.array(taskDefinition).default([]).describe('ECS task definitions.'),
  clusters: z.array(cluster).default([]).describe('ECS clusters.'),
  functions: z.array(lambda).default([]).describe("Lambda functions of the account's own workloads."),
});

export type World = z.infer<typeof worldSchema>;
