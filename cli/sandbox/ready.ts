import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { stage } from './start.ts';

/** A file of `events/` as PutEvents takes it: sandbox/README.md. */
export const AS_ENTRY =
  '[{Source:.source,DetailType:."detail-type",Detail:(.detail|tojson),Resources:(.resources//[]),Time:.time}]';

/** What is told of a sandbox. */
export type Ready = Pick<Sandbox, 'account' | 'stack'> & { readonly door: { readonly endpoint: string } };

/** Where the web console is, if the stack has one: the address of its function URL. */
const consoleOf = ({ stack }: Ready): string | undefined =>
  [...stack.resources.values()].flatMap(({ attributes }) => attributes['FunctionUrl'] ?? [])[0];

/** The first line of `--json`: all that a client needs. */
export function readyLine(sandbox: Ready): string {
  const { account, door, stack } = sandbox;
  const { accessKeyId, secretAccessKey } = rootCredentials(account);
  return JSON.stringify({
    endpoint: door.endpoint,
    region: account.region,
    account: account.id,
    accessKeyId,
    secretAccessKey,
    stage,
    stack: {
      stateMachineArn: stack.outputs['StateMachineArn'],
      incidentTable: stack.outputs['IncidentTableName'],
      topics: {
        page: stack.outputs['PageTopicArn'],
        notice: stack.outputs['NoticeTopicArn'],
        digest: stack.outputs['DigestTopicArn'],
      },
    },
    // Left out of the JSON where there is none.
    console: consoleOf(sandbox),
  });
}

/** The same for a person, with what to try. */
export function instructions(sandbox: Ready): readonly string[] {
  const { account, door } = sandbox;
  const { accessKeyId, secretAccessKey } = rootCredentials(account);
  const address = consoleOf(sandbox);
  return [
    `The embedded account ${account.id} (${account.region}) listens at ${door.endpoint}, with Firebreak deployed as stage ${stage}.`,
    '',
    'Point any AWS SDK or the aws CLI at it:',
    `  export AWS_ENDPOINT_URL=${door.endpoint}`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `  export AWS_REGION=${account.region} AWS_DEFAULT_REGION=${account.region}`,
    'Version 1 of the aws CLI (aws --version) sends aws sqs to AWS all the same, unless it is told each time:',
    `  aws() { command aws --endpoint-url ${door.endpoint} "$@"; }`,
    '',
    'Cause an event, or send one of your own, and see what came of it:',
    '  aws ecr start-image-scan --repository-name NAME --image-id imageTag=TAG',
    `  curl --data-binary @event.json ${door.endpoint}/_sandbox/events`,
    `  aws events put-events --entries "$(jq '${AS_ENTRY}' event.json)"`,
    `  firebreak incidents list --stage ${stage}`,
    '',
    ...(address === undefined ? [] : ['Open the console in a browser on this machine:', `  ${address}`, '']),
    'Ctrl-C ends it; nothing is left behind.',
  ];
}
