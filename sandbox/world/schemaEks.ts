import * as z from 'zod';
import { ec2InstanceId } from './schemaNetwork.ts';
import { tags } from './schemaParts.ts';
import { roleReference } from './schemaRoles.ts';

/** Names of Kubernetes: an RFC 1123 label. */
const objectName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'must be a name of Kubernetes: lower case letters, digits and hyphens',
  );

const labels = z.record(z.string(), z.string());

const workload = z
  .strictObject({
    kind: z.enum(['Deployment', 'StatefulSet']).default('Deployment').describe('What keeps its pods running.'),
    namespace: objectName.default('default').describe('Its namespace.'),
    name: objectName.describe('Its name.'),
    labels: labels
      .optional()
      .describe(
        'Labels of its pods, by which it selects them: no other workload of the namespace has the same. Without them: `app` with its name.',
      ),
    annotations: labels.default({}).describe('Its annotations: `firebreak/protected` protects it.'),
    image: z
      .string()
      .default('public.ecr.aws/nginx/nginx:1.27')
      .describe('Image of its one container, as it is written.'),
    environment: z.record(z.string(), z.string()).default({}).describe('Environment variables of its pods.'),
    serviceAccount: objectName.default('default').describe('Service account of its pods.'),
    replicas: z
      .number()
      .int()
      .min(0)
      .max(1000)
      .default(1)
      .describe('How many pods it is to have; so many run at the start.'),
    podNames: z.array(objectName).default([]).describe('Names of its first pods; the others are made up.'),
    terminationSeconds: z
      .number()
      .int()
      .min(0)
      .max(3600)
      .default(30)
      .describe('How long its pods take to end once they are asked to (terminationGracePeriodSeconds).'),
    emptyDir: z.boolean().default(false).describe('true: its pods have a volume of their node that ends with them.'),
    minAvailable: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('How many of its pods an eviction has to leave (a PodDisruptionBudget). Without it: none.'),
  })
  .describe('A workload.');

const pod = z.strictObject({
  namespace: objectName.default('default').describe('Its namespace.'),
  name: objectName.describe('Its name.'),
  labels: labels.default({}).describe('Its labels.'),
  node: ec2InstanceId.optional().describe('The instance of the node that it runs on. Without it: the first node.'),
  daemonSet: objectName.optional().describe('The daemon set that it is of. Without it: of none.'),
  image: z
    .string()
    .default('public.ecr.aws/docker/library/busybox:1.37')
    .describe('Image of its one container, as it is written.'),
  mirror: z.boolean().default(false).describe('true: its kubelet runs it from a file (a static pod).'),
});

const cronJob = z.strictObject({
  namespace: objectName.default('default').describe('Its namespace.'),
  name: objectName.describe('Its name.'),
  schedule: z.string().default('0 3 * * *').describe('When it would start a Job. It never does here: it can be read.'),
  suspend: z.boolean().default(false).describe('true: it starts nothing until somebody resumes it.'),
  image: z.string().describe('Image of its one container, as it is written.'),
});

const node = z
  .strictObject({
    instance: ec2InstanceId.describe('The EC2 instance of this file that it is.'),
    labels: labels.default({}).describe('Its labels.'),
    annotations: labels.default({}).describe('Its annotations: `firebreak/protected` protects it.'),
    ready: z.boolean().default(true).describe('false: its kubelet does not answer.'),
    unschedulable: z.boolean().default(false).describe('true: it is cordoned from the beginning.'),
    taints: z
      .array(
        z.strictObject({
          key: z.string().describe('Its key.'),
          effect: z.enum(['NoSchedule', 'NoExecute', 'PreferNoSchedule']).describe('What it does to pods.'),
        }),
      )
      .default([])
      .describe('What repels pods: each with its `key` and `effect`.'),
  })
  .describe('A node.');

const serviceAccount = z.strictObject({
  namespace: objectName.default('default').describe('Its namespace.'),
  name: objectName.describe('Its name.'),
  role: roleReference
    .optional()
    .describe('The role in its annotation eks.amazonaws.com/role-arn (IRSA): by its name, or its ARN.'),
});

const association = z.strictObject({
  namespace: objectName.default('default').describe('Namespace of the service account.'),
  serviceAccount: objectName.describe('The service account whose pods get credentials.'),
  role: roleReference.describe('Whose credentials: a role by its name, or its ARN.'),
  targetRole: roleReference
    .optional()
    .describe('A role that is assumed with these, whose credentials the pods get instead.'),
});

const accessEntry = z.strictObject({
  role: roleReference.describe('Name of an IAM role, or its ARN; a role of the template, too.'),
  groups: z
    .array(
      z
        .string()
        .regex(/^(?!system:)[^\s]+$/, 'must be a group that does not begin with system:, which EKS does not take'),
    )
    .describe(
      'Groups of Kubernetes that it is in. In `firebreak:responder` it may do what the manifest allows that Firebreak ships.',
    ),
});

export const eksCluster = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
      'must be the name of a cluster: letters, digits, hyphens and underscores',
    )
    .describe('Name of the cluster.'),
  version: z.string().default('1.34').describe('Its version of Kubernetes.'),
  publicEndpoint: z.boolean().default(true).describe('false: its API can be reached from its VPC alone.'),
  tags,
  accessEntries: z.array(accessEntry).default([]).describe('Which roles of IAM are let in.'),
  nodes: z
    .array(node)
    .default([])
    .describe('Its nodes, over which pods are spread. Without them: pods are on nodes that nobody can ask about.'),
  workloads: z.array(workload).default([]).describe('Deployments and stateful sets.'),
  cronJobs: z.array(cronJob).default([]).describe('What would start Jobs on a schedule.'),
  serviceAccounts: z
    .array(serviceAccount)
    .default([])
    .describe('Service accounts with a role of their own. Others are there as soon as a workload names them.'),
  podIdentityAssociations: z
    .array(association)
    .default([])
    .describe('EKS Pod Identity: which service accounts are given which roles.'),
  pods: z.array(pod).default([]).describe('Pods that were started by themselves.'),
});
