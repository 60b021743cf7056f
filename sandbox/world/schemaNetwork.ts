import * as z from 'zod';
import { instant, tags } from './schemaParts.ts';
import { roleReference } from './schemaRoles.ts';

/** The keys of an account file that are of security groups. */

const groupName = z
  .string()
  .regex(
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
    'must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
  );

const portNumber = z.number().int().min(0).max(65535);

const rule = z.strictObject({
  protocol: z.enum(['tcp', 'udp', 'all']).default('all').describe('all: every protocol and port.'),
  from: portNumber.optional().describe('The first port; of tcp and udp.'),
  to: portNumber.optional().describe('The last port; without it, the first.'),
  cidr: z.string().optional().describe('Addresses, e.g. 10.0.0.0/16 or ::/0. Either this or a group.'),
  group: groupName.optional().describe('Name of a security group: addresses of what is in it.'),
  description: z
    .string()
    .regex(
      /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
      'must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
    )
    .optional()
    .describe('What it is for. Without it: none.'),
  tags,
});

export const securityGroup = z.strictObject({
  name: groupName.describe('Its name, by which hosts, services and rules of this file name it.'),
  id: z
    .string()
    .regex(/^sg-[0-9a-f]{17}$/, 'must be the id of a security group, e.g. sg-0123456789abcdef0')
    .optional()
    .describe('Its id; without it, one that follows from the name.'),
  description: z.string().min(1).max(255).default('of the account file').describe('What it is for.'),
  tags,
  ingress: z.array(rule).default([]).describe('What may come in.'),
  egress: z.array(rule).optional().describe('What may go out. Without it: everything, as for a new group.'),
});

export const loadBalancer = z.strictObject({
  name: z
    .string()
    .regex(
      /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
      'must be 1 to 32 letters, digits and hyphens',
    )
    .describe('Its name. Of a load balancer there is nothing but the network interface.'),
  type: z
    .enum(['application', 'network', 'classic'])
    .default('application')
    .describe('What kind of load balancer it is.'),
  securityGroups: z
    .array(groupName)
    .min(1)
    .max(5)
    .default(['default'])
    .describe('Names of the security groups that its network interface is in.'),
});

export const elasticIp = z.strictObject({
  address: z.ipv4('must be an address of IPv4, e.g. 192.175.48.10').describe('The public address.'),
  instance: z
    .string()
    .regex(/^i-[0-9a-f]{8,17}$/, 'must be the id of an EC2 instance, e.g. i-0ab12cd34ef567890')
    .optional()
    .describe('The instance of this file that has it. Without it: none.'),
  tags,
});

/** Of a host, or of the tasks of a service. */
export const inGroups = z
  .array(groupName)
  .min(1, 'must name at least one security group, or be left out')
  .max(5, 'must name at most five security groups')
  .default(['default'])
  .describe('Names of its security groups, at most five; `default` is the one that the VPC has from the beginning.');

export const hostSize = {
  cpu: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('CPU units that tasks can reserve on it, 1024 for each core. Without it: without end.'),
  memory: z.number().int().positive().optional().describe('MiB that tasks can reserve on it. Without it: without end.'),
};

/** Of an EC2 instance, whether it is a host of ECS or not. */
export const ec2InstanceId = z
  .string()
  .regex(/^i-[0-9a-f]{8,17}$/, 'must be the id of an EC2 instance, e.g. i-0ab12cd34ef567890');

const volume = z.strictObject({
  device: z
    .string()
    .regex(/^(?:\/dev\/)?(?:sd|xvd)[a-z]{1,2}[0-9]*$/, 'must be the name of a device, e.g. /dev/xvda')
    .describe('The device that it is attached as.'),
  id: z
    .string()
    .regex(/^vol-[0-9a-f]{17}$/, 'must be the id of a volume, e.g. vol-0123456789abcdef0')
    .optional()
    .describe('Its id; without it, one that follows from the instance and the device.'),
  size: z.number().int().min(1).max(65_536).default(30).describe('GiB.'),
  type: z.enum(['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'standard']).default('gp3').describe('What kind it is.'),
  kmsKey: z
    .string()
    .regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]{36}$/, 'must be the ARN of a key')
    .optional()
    .describe('ARN of the key that it is encrypted with. Without it: it is not encrypted.'),
  tags,
});

const metadata = z
  .strictObject({
    tokens: z
      .enum(['optional', 'required'])
      .default('required')
      .describe('optional: it also answers who asks without a token (IMDSv1).'),
    endpoint: z.enum(['enabled', 'disabled']).default('enabled').describe('disabled: it answers nobody.'),
    hopLimit: z.number().int().min(1).max(64).default(2).describe('How many hops a token travels.'),
    withoutTokenPerDay: z
      .number()
      .int()
      .min(0)
      .default(0)
      .describe(
        'How often a day something on the host asks without a token, as CloudWatch counts it (MetadataNoToken).',
      ),
  })
  .prefault({})
  .describe('Its instance metadata service (IMDS).');

export const ec2Instance = {
  launchedAt: instant.optional().describe('When it was started (ISO 8601 UTC). Without it: when the account begins.'),
  metadata,
  volumes: z
    .array(volume)
    .max(40, 'must name at most 40 volumes')
    .refine((all) => new Set(all.map(({ device }) => device)).size === all.length, 'must name each device once')
    .default([{ device: '/dev/xvda', size: 30, type: 'gp3', tags: {} }])
    .describe('Its volumes of EBS, the root volume first. Without it: one of 30 GiB; `[]`: instance store alone.'),
  securityGroups: inGroups,
  role: roleReference
    .optional()
    .describe('The role that its instance profile gives it, by name or ARN. Without it: none.'),
  autoScalingGroup: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Name of the Auto Scaling group that it was launched by. Without it: none.'),
  operator: z
    .string()
    .regex(/^[a-z0-9.-]+\.amazonaws\.com$/, 'must be the principal of a service, e.g. ecs.amazonaws.com')
    .optional()
    .describe('The service that manages it, as of ECS Managed Instances. Without it: its owner.'),
};

export const fargate = z
  .enum(['available', 'unavailable'])
  .default('available')
  .describe('unavailable: no task is started on Fargate ("Capacity is unavailable at this time").');
