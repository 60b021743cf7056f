import * as z from 'zod';
import { tags } from './schemaParts.ts';

export const ipSet = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be the name of an IP set: letters, digits, _ and -')
    .describe('Its name, unique in its scope.'),
  scope: z
    .enum(['regional', 'cloudfront'])
    .default('regional')
    .describe('Whether load balancers and APIs of the Region are protected by it, or distributions of CloudFront.'),
  version: z.enum(['IPv4', 'IPv6']).default('IPv4').describe('Of the addresses that it holds.'),
  description: z.string().min(1).max(256).optional().describe('What it is for. Without it: none.'),
  addresses: z
    .array(z.string())
    .max(10_000, 'must be at most 10,000')
    .default([])
    .describe('Blocks of addresses, e.g. 198.51.100.0/24; one address is a block of /32, or of /128.'),
  tags,
});
