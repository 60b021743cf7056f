import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { readCalls, responderStatements } from '../../tools/responderPolicy.ts';
import { roleResources } from '../../tools/roles.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: unknown;
}
interface Role {
  readonly Properties: {
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly { readonly Principal: unknown }[] };
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  };
}

const { Resources: roles } = roleResources(catalogue) as { readonly Resources: { readonly [id: string]: Role } };
const of = (id: string): readonly Statement[] =>
  roles[id]?.Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
const trusted = (id: string): unknown =>
  roles[id]?.Properties.AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal);

const dynamo = (...names: string[]): readonly string[] => names.map((name) => `dynamodb:${name}`);
const readWrite = dynamo('GetItem', 'PutItem', 'UpdateItem');
const withQuery = [...readWrite, 'dynamodb:Query'];
const runs = ['states:StartExecution', 'states:DescribeExecution'];
const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];

const receives = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

const intake = [...readWrite, ...runs, 's3:PutObject', ...receives, 'sqs:SendMessage'];
/** Said here once more, by hand: what a function gains or loses is seen in a review of this list. */
const expected: { readonly [id: string]: readonly string[] } = {
  ImageScanRole: intake,
  ThreatFindingRole: intake,
  ConfigChangeRole: intake,
  HubFindingRole: intake,
  ImageActivityRole: intake,
  RunningImageRole: intake,
  DecideRole: [...withQuery, 's3:GetObject', 's3:PutObject', 'sts:AssumeRole'],
  ActRole: [...readWrite, 's3:GetObject', 's3:PutObject', 'sts:AssumeRole', 'states:SendTaskSuccess'],
  VerifyRole: [...dynamo('GetItem', 'UpdateItem'), 's3:GetObject', 's3:GetObject', 'sts:AssumeRole'],
  ReportRole: [...withQuery, 's3:GetObject', 'states:StartExecution', 'sns:Publish'],
  SweepRole: [...withQuery, 'dynamodb:Query', 's3:GetObject', ...runs, 'sns:Publish'],
  RunEndedRole: [...readWrite, 'dynamodb:Query', ...runs, 'sns:Publish'],
  ChannelRole: [
    ...receives,
    'sqs:SendMessage',
    'sqs:ChangeMessageVisibility',
    'ssm:GetParameter',
    'ssm:PutParameter',
    'sns:Publish',
    'sns:Publish',
  ],
  ConsoleRole: [...withQuery, 'dynamodb:Query', 's3:GetObject', 'states:StartExecution', 'ssm:GetParameter'],
  WakeRole: ['dynamodb:GetItem', 'states:SendTaskSuccess'],
  InventoryRole: [
    ...readWrite,
    's3:GetObject',
    'events:PutEvents',
    'ecs:ListClusters',
    'lambda:ListFunctions',
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'lambda:GetFunction',
    'ecr:BatchGetImage',
    'ecr:DescribeImages',
    'ecr:DescribeImageScanFindings',
    'ecr:DescribeImageSigningStatus',
    'ecr:GetDownloadUrlForLayer',
    'signer:GetRevocationStatus',
  ],
  GuardRole: [
    ...readWrite,
    's3:GetObject',
    's3:PutObject',
    'sns:Publish',
    'ssm:GetParametersByPath',
    'ssm:PutParameter',
    'ssm:GetParameter',
    'ssm:PutParameter',
    'ssm:DeleteParameter',
    'ssm:LabelParameterVersion',
    ...receives,
  ],
};

describe('the role of a function', () => {
  it('is there for each function, and there is none besides', () => {
    expect(Object.keys(roles).toSorted()).toEqual([...Object.keys(expected), 'ResponderRole'].toSorted());
  });

  it('writes no parameter but those of its stage that people write, and where things stand', () => {
    const written = of('GuardRole').filter(({ Action }) => String(Action).includes('ssm:PutParameter'));
    const stage = 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/firebreak/${sls:stage}';
    const below = ['/status', '/rules/*', '/exemptions/*', '/settings'].map((path) => ({
      'Fn::Sub': `${stage}${path}`,
    }));
    expect(written.flatMap(({ Resource }) => Resource)).toEqual(below);
  });

  it.each(Object.keys(expected))('%s may do exactly what its function needs, and write its own log', (id) => {
    const allowed = of(id).flatMap(({ Action }) => Action);
    expect(allowed).toEqual([...(expected[id] ?? []), ...logs]);
    expect(of(id).every(({ Effect }) => Effect === 'Allow')).toBe(true);
    expect(allowed.join()).not.toContain('*');
    const own = `${id.charAt(0).toLowerCase()}${id.slice(1, -'Role'.length)}`;
    expect(JSON.stringify(of(id).at(-1)?.Resource)).toContain(
      `:log-group:/aws/lambda/firebreak-\${sls:stage}-${own}:*`,
    );
  });

  it('is trusted to Lambda alone', () => {
    for (const id of Object.keys(expected)) expect(trusted(id), id).toEqual([{ Service: 'lambda.amazonaws.com' }]);
  });

  it('names its resources, but for task tokens and lists, which AWS scopes to nothing', () => {
    const anything = Object.keys(roles).flatMap((id) =>
      of(id)
        .filter(({ Effect, Resource }) => Effect === 'Allow' && [Resource].flat().includes('*'))
        .map(({ Sid }) => `${id} ${Sid}`),
    );
    expect(anything.filter((one) => !one.startsWith('ResponderRole'))).toEqual([
      'ActRole AnswerTokens',
      'WakeRole AnswerTokens',
      'InventoryRole ListWhatRuns',
    ]);
  });

  it('has a Sid of its own for each statement, of letters and digits', () => {
    for (const id of Object.keys(roles)) {
      const sids = of(id).map(({ Sid }) => Sid);
      expect(new Set(sids).size, id).toBe(sids.length);
      expect(sids.join(''), id).toMatch(/^[A-Za-z0-9]+$/);
    }
  });
});

describe('the responder role', () => {
  it('is taken by Decide, Act and Verify, and by nobody else', () => {
    const arns = ['DecideRole', 'ActRole', 'VerifyRole'].map((role) => ({ 'Fn::GetAtt': [role, 'Arn'] }));
    expect(trusted('ResponderRole')).toEqual([{ AWS: arns }]);
    for (const id of Object.keys(expected)) {
      const may = of(id).some(({ Action }) => Action.includes('sts:AssumeRole'));
      expect(may, id).toBe(['DecideRole', 'ActRole', 'VerifyRole'].includes(id));
    }
  });

  it('may do what the actions declare, and is denied everything but their reads on Firebreak itself', () => {
    const [deny, ...rest] = of('ResponderRole').toReversed();
    expect(rest.toReversed()).toEqual(responderStatements(catalogue));
    expect(deny).toMatchObject({ Sid: 'NeverOurselves', Effect: 'Deny', NotAction: readCalls(catalogue) });
    expect(deny).not.toHaveProperty('Action');
  });

  it('may read what is named like Firebreak, and no call that changes anything counts as a read', () => {
    const reads = readCalls(catalogue);
    expect(reads).toContain('lambda:GetFunction');
    expect(reads).toContain('events:ListTargetsByRule');
    for (const call of reads) expect(call).toMatch(/^[a-z0-9-]+:(?:BatchGet|Describe|Get|List|Simulate)[A-Za-z]+$/);
  });

  it.each([
    'IncidentTable',
    ':s3:::firebreak-*',
    ':lambda:*:*:function:firebreak-*',
    ':states:*:*:*:firebreak-*',
    ':sns:*:*:firebreak-*',
    ':sqs:*:*:firebreak-*',
    ':ssm:*:*:parameter/firebreak*',
    ':events:*:*:rule/firebreak-*',
    ':cloudwatch:*:*:alarm:firebreak-*',
    ':logs:*:*:log-group:/aws/lambda/firebreak-*',
    ':cloudformation:*:*:stack/firebreak-*',
    ':iam::*:role/firebreak-*',
    ':iam::*:role/*break-glass*',
    ':iam::*:role/aws-service-role/*',
    ':iam::*:user/*firebreak*',
    ':iam::*:user/*break-glass*',
    ':iam::*:role/aws-reserved/*',
  ])('is denied %s', (resource) => {
    expect(JSON.stringify(of('ResponderRole').at(-1)?.Resource)).toContain(resource);
  });
});
