import * as z from 'zod';
import { tags } from './schemaParts.ts';

const portNumber = z.number().int().min(0).max(65_535);

const entry = z.strictObject({
  number: z.number().int().min(1).max(32_766).describe('The lowest number that matches decides.'),
  action: z.enum(['allow', 'deny']).default('allow').describe('What it does.'),
  protocol: z.enum(['tcp', 'udp', 'all']).default('all').describe('all: every protocol and port.'),
  from: portNumber.optional().describe('The first port; of tcp and udp.'),
  to: portNumber.optional().describe('The last port; without it, the first.'),
  cidr: z.string().default('0.0.0.0/0').describe('Addresses, e.g. 10.0.0.0/16 or ::/0.'),
});

const entries = z
  .array(entry)
  .max(19, 'must be at most 19')
  .default([{ number: 100, action: 'allow', protocol: 'all', cidr: '0.0.0.0/0' }]);

export const networkAcl = z.strictObject({
  id: z
    .string()
    .regex(/^acl-[0-9a-f]{17}$/, 'must be the id of a network ACL, e.g. acl-0123456789abcdef0')
    .describe('Its id.'),
  subnet: z
    .boolean()
    .default(false)
    .describe('true: the one subnet of the VPC has it, in the place of the default one. Without it: no subnet has it.'),
  ingress: entries.describe('What may come in. Without it: everything of IPv4, by number 100.'),
  egress: entries.describe('What may go out. Without it: everything of IPv4, by number 100.'),
  tags,
});
