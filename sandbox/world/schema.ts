import * as z from 'zod';
import { repositoryNamePattern } from '../services/ecr/repositoryName.ts';
import { repositorySettings, signing } from './schemaEcr.ts';
import { cluster, taskDefinition } from './schemaEcs.ts';
import { eksCluster } from './schemaEks.ts';
import { ec2Instance, ec2InstanceId, elasticIp, loadBalancer, securityGroup } from './schemaNetwork.ts';
import { networkAcl } from './schemaNetworkAcls.ts';
import { digest, imageReference, instant, name, tags } from './schemaParts.ts';
import { managedPolicy, role, roleReference } from './schemaRoles.ts';
import { secret } from './schemaSecrets.ts';
import { association, managedNode, systemsManager } from './schemaSsm.ts';
import { user } from './schemaUsers.ts';
import { ipSet } from './schemaWaf.ts';
import { watch } from './schemaWatch.ts';

/**
 * An account file (`*.account.yaml`): the world that the sandbox, `explain` and tests start from. Strict: a key that
 * nothing reads is refused rather than ignored. The descriptions are the documentation of its JSON Schema.
 */

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
  signing,
  exits: z
    .boolean()
    .optional()
    .describe('true: its container ends with exit code 1 as soon as it starts, so that its tasks never come to run.'),
  needs: z
    .array(z.enum(['privileged', 'root', 'writes']))
    .optional()
    .describe(
      'What its container ends without, with exit code 1: being privileged, running as root, writing to its root file system.',
    ),
  prints: z
    .array(z.string())
    .optional()
    .describe('Lines that its container writes to its log group when it starts. Without it: none.'),
});

const repository = z.strictObject({
  name: z
    .string()
    .regex(
      repositoryNamePattern,
      'must be the name of an ECR repository: lower-case letters and digits, with . _ - and / between them',
    )
    .describe('Name of the ECR repository, e.g. payments/checkout-api.'),
  tags,
  ...repositorySettings,
  images: z.array(image).default([]).describe('The images that it holds.'),
});

const lambda = z.strictObject({
  name: name(64).describe('Name of the Lambda function. It is listed, never run.'),
  image: imageReference.optional().describe('The image that it was made from. Without it the function is a zip.'),
  tags,
  role: roleReference
    .optional()
    .describe('Its execution role, by name or ARN. Without it: one that nothing is known of.'),
  timeoutSeconds: z.number().int().min(1).max(900).default(3).describe('How long one invocation may last.'),
  reservedConcurrency: z
    .number()
    .int()
    .min(0)
    .max(900)
    .optional()
    .describe('Concurrency that is reserved for it. Without it: it shares what is unreserved.'),
  environment: z
    .record(z.string().regex(/^[A-Za-z]\w+$/), z.string())
    .optional()
    .describe('Its environment variables.'),
  prints: z
    .array(z.string())
    .optional()
    .describe(
      'Lines that it has written to its log group, /aws/lambda/ with its name. Without it: there is no such group.',
    ),
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
  instances: z
    .array(
      z.strictObject({
        ec2InstanceId: ec2InstanceId.describe('The EC2 instance.'),
        ...ec2Instance,
        tags,
        ssm: managedNode,
      }),
    )
    .default([])
    .describe('EC2 instances that are hosts of no cluster.'),
  securityGroups: z
    .array(securityGroup)
    .default([])
    .describe('Security groups of the one VPC, beside the one that it has from the beginning.'),
  networkAcls: z
    .array(networkAcl)
    .default([])
    .describe('Network ACLs of the one VPC, beside the default one, which allows everything.'),
  elasticIps: z.array(elasticIp).default([]).describe('Elastic IP addresses of the account.'),
  ipSets: z.array(ipSet).default([]).describe('IP sets of AWS WAF.'),
  loadBalancers: z.array(loadBalancer).default([]).describe('Load balancers, by the network interface of each.'),
  managedPolicies: z
    .array(managedPolicy)
    .default([])
    .describe('Customer managed policies of IAM, for permissions boundaries.'),
  roles: z.array(role).default([]).describe('IAM roles of the account, beside those that the template makes.'),
  users: z.array(user).default([]).describe('IAM users of the account, with their access keys.'),
  functions: z.array(lambda).default([]).describe("Lambda functions of the account's own workloads."),
  eksClusters: z.array(eksCluster).default([]).describe('EKS clusters, with what is asked of their Kubernetes API.'),
  secrets: z.array(secret).default([]).describe('Secrets in Secrets Manager.'),
  associations: z.array(association).default([]).describe('Associations of State Manager.'),
  ssm: systemsManager,
  ...watch,
});

export type World = z.infer<typeof worldSchema>;
