/** What the functions themselves may do, as data: `npm run generate` makes one role per function from it. */

export type CloudFormationValue = string | { readonly [intrinsic: string]: string | readonly string[] };

export interface Grant {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: CloudFormationValue | readonly CloudFormationValue[];
  /** Required where `Resource` is `*`: why it cannot be narrower, and what bounds it instead. */
  readonly why?: string;
}

const attribute = (resource: string): CloudFormationValue => ({ 'Fn::GetAtt': [resource, 'Arn'] });
const sub = (text: string): CloudFormationValue => ({ 'Fn::Sub': text });

export const table = (...actions: string[]): Grant => ({
  Sid: 'Incidents',
  Action: actions.map((action) => `dynamodb:${action}`),
  Resource: attribute('IncidentTable'),
});

export const headsByState: Grant = {
  Sid: 'HeadsByState',
  Action: ['dynamodb:Query'],
  Resource: sub('${IncidentTable.Arn}/index/state'),
};

export const objects = (sid: string, prefix: string, ...actions: string[]): Grant => ({
  Sid: sid,
  Action: actions.map((action) => `s3:${action}`),
  Resource: sub(`\${EvidenceBucket.Arn}/${prefix}/*`),
});

/** The responder role of this account; Act, Decide and Verify take it with a session policy of the step at hand. */
export const assumeResponder: Grant = {
  Sid: 'Responder',
  Action: ['sts:AssumeRole'],
  Resource: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/firebreak-${sls:stage}-${AWS::Region}-responder'),
};

export const startRuns: Grant = {
  Sid: 'StartRuns',
  Action: ['states:StartExecution'],
  Resource: sub('arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:firebreak-${sls:stage}'),
};

export const readRuns: Grant = {
  Sid: 'ReadRuns',
  Action: ['states:DescribeExecution'],
  Resource: sub('arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:firebreak-${sls:stage}:*'),
};

export const answerTokens: Grant = {
  Sid: 'AnswerTokens',
  Action: ['states:SendTaskSuccess'],
  Resource: '*',
  why: 'Step Functions cannot scope SendTaskSuccess: a token is single-use and known to nobody else',
};

export const messages: Grant = {
  Sid: 'SendMessages',
  Action: ['sns:Publish'],
  Resource: [{ Ref: 'PageTopic' }, { Ref: 'NoticeTopic' }, { Ref: 'DigestTopic' }],
};
