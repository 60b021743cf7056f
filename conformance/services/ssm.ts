import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  GetParametersCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { ssmState } from '../../sandbox/services/ssm/state.ts';
import { type Script, step } from '../script.ts';
import { commands } from './commands.ts';

const put =
  (Name: string, Value: string, input: Partial<PutParameterCommandInput> = {}) =>
  () =>
    new PutParameterCommand({ Name, Value, Type: 'String', ...input });
const get = (Name: string) => () => new GetParameterCommand({ Name });
const label =
  (ParameterVersion: number | undefined, ...Labels: string[]) =>
  () =>
    new LabelParameterVersionCommand({ Name: '/rules/a', ParameterVersion, Labels });
const byPath =
  (Path: string, input: Omit<GetParametersByPathCommandInput, 'Path'> = {}) =>
  () =>
    new GetParametersByPathCommand({ Path, ...input });
const labelled = (...Values: string[]) => ({ ParameterFilters: [{ Key: 'Label', Option: 'Equals', Values }] });

const writes = [
  step('puts a parameter', put('/rules/a', 'one', { Description: 'first' })),
  step('refuses to put it again', put('/rules/a', 'two')),
  step('overwrites it', put('/rules/a', 'two', { Overwrite: true })),
  step('overwrites it a third time', put('/rules/a', 'three', { Overwrite: true })),
  step('puts an advanced parameter', put('/rules/big', 'x'.repeat(5000), { Tier: 'Advanced' })),
  ...['/rules/deep/b', '/rules/deep/er/c'].map((name) => step(`puts ${name}`, put(name, name))),
  step('puts JSON', put('/rules/json', '{"a":1}')),
  step('puts a list', put('/rules/list', 'a,b', { Type: 'StringList' })),
  step('takes a pattern', put('/rules/pattern', 'abc', { AllowedPattern: '^[a-z]+$' })),
  step('puts what needs the advanced tier', put('/rules/smart', 'x'.repeat(5000), { Tier: 'Intelligent-Tiering' })),
  ...['/rulesx', 'plain'].map((name) => step(`puts ${name}`, put(name, name))),
];

const refused = [
  step('refuses a value above 4 KB', put('/refused/a', 'x'.repeat(4097)), { words: true }),
  step('refuses an advanced value above 8 KB', put('/refused/a', 'x'.repeat(8193), { Tier: 'Advanced' })),
  step('refuses an empty value', put('/refused/a', '')),
  step('refuses a value that would nest', put('/refused/b', 'a {{ssm:x}} b')),
  step('refuses a new parameter without a type', () => new PutParameterCommand({ Name: '/refused/c', Value: 'x' })),
  step('refuses a value that does not fit its pattern', put('/refused/d', 'ABC', { AllowedPattern: '^[a-z]+$' })),
  step('refuses a name that begins with aws', put('/aws/x', 'x')),
  step('refuses a name that begins with ssm', put('ssm-x', 'x')),
  step('refuses a path without its slash', put('refused/e', 'x')),
  step('refuses a name with a space', put('/refused/a b', 'x')),
  step('refuses a path of 16 levels', put(`/${Array.from({ length: 16 }, () => 'a').join('/')}`, 'x')),
];

const reads = [
  step('gets a parameter', get('/rules/a')),
  step('gets a version', get('/rules/a:1')),
  step('gets by ARN', get('arn:aws:ssm:us-east-1:123456789012:parameter/rules/a')),
  step('gets a list', get('/rules/list')),
  step('refuses a parameter that is not there', get('/rules/missing')),
  step('refuses a version that is not there', get('/rules/a:99')),
  step('refuses a label that is not there', get('/rules/a:nobody')),
  step(
    'gets several, some of which are not there',
    () => new GetParametersCommand({ Names: ['/rules/a', '/rules/missing', '/rules/a:2', 'plain', '/rules/a:99'] }),
  ),
  step(
    'refuses eleven names',
    () => new GetParametersCommand({ Names: Array.from({ length: 11 }, (_, at) => `/n/${at}`) }),
  ),
];

const labels = [
  step('labels the latest version', label(undefined, 'active')),
  step('gets by label', get('/rules/a:active')),
  step('moves the label', label(1, 'active', 'old')),
  step('gets by label where it is now', get('/rules/a:active')),
  step('lists labels that are none', label(2, '1st', 'aws-x', 'ssm-x', 'a b', 'good')),
  step('labels a version that is not there', label(99, 'x')),
  step(
    'labels a parameter that is not there',
    () => new LabelParameterVersionCommand({ Name: '/other/missing', Labels: ['x'] }),
  ),
  step('refuses an eleventh label', label(3, ...Array.from({ length: 11 }, (_, at) => `l${at}`))),
  step(
    'gets several by label',
    () => new GetParametersCommand({ Names: ['/rules/a:old', '/rules/a:good', '/rules/a:none'] }),
  ),
];

const paths = [
  step('reads a path', byPath('/rules')),
  step('reads a path with a slash at its end', byPath('/rules/')),
  step('reads a path and all below', byPath('/rules', { Recursive: true })),
  step('reads a page of a path', byPath('/rules', { MaxResults: 2 })),
  step(
    'reads the next page of a path',
    (seen) =>
      new GetParametersByPathCommand({
        Path: '/rules',
        MaxResults: 2,
        NextToken: seen('reads a page of a path', 'NextToken'),
      }),
  ),
  step('reads the root', byPath('/')),
  step('reads a path that is not there', byPath('/nobody')),
  step('reads what has a label', byPath('/rules', labelled('active'))),
  step('refuses a path without its slash at the beginning', byPath('rules')),
  step('refuses a page of eleven', byPath('/rules', { MaxResults: 11 })),
  step('refuses a token that is none', byPath('/rules', { NextToken: 'none' })),
];

export const ssm: Script = {
  service: 'ssm',
  client: (connection) => new SSMClient(connection),
  // AWS may answer an empty page with a token, and the sandbox does; moto never does.
  sandbox: (account) => {
    ssmState(account).emptyPageChance = 0;
  },
  fields: {
    LastModifiedDate: 'time',
    NextToken: 'id',
    Parameters: 'by Name Version',
    InvalidParameters: 'unordered',
    InvalidLabels: 'unordered',
  },
  steps: [
    ...commands,
    ...writes,
    ...refused,
    ...reads,
    ...labels,
    ...paths,
    step('deletes', () => new DeleteParameterCommand({ Name: '/rules/a' })),
    step('refuses to delete what is not there', () => new DeleteParameterCommand({ Name: '/rules/a' })),
    step('does not get what was deleted', get('/rules/a')),
    step('begins at the first version again', put('/rules/a', 'again')),
  ],
};
