import type { Protocol } from '../../account.ts';
import { ec2 } from './ec2.ts';
import { jsonProtocol } from './json.ts';
import { kubernetes } from './kubernetes.ts';
import type { WireProtocol } from './protocol.ts';
import { query } from './query.ts';
import { restJson } from './restJson.ts';
import { restXml } from './restXml.ts';

export const protocols: Readonly<Record<Protocol, WireProtocol>> = {
  'json-1.0': jsonProtocol('1.0'),
  'json-1.1': jsonProtocol('1.1'),
  query,
  ec2,
  'rest-json': restJson,
  'rest-xml': restXml,
  kubernetes,
};
