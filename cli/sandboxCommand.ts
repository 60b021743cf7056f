import { type Command, InvalidArgumentError } from 'commander';
import { rootCredentials } from '../sandbox/iam/credentials.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { loadArtifacts } from './artifacts.ts';
import { readRuleFolder, readWorldFile } from './files.ts';
import { print } from './output.ts';
import { putRules } from './putRules.ts';

interface Options {
  readonly account?: string;
  readonly rules?: string;
  readonly port?: number;
  readonly seed: number;
  readonly speed: number;
  readonly json?: boolean;
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isFinite(value) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** The first line of `--json`: all that a client needs. */
function ready(sandbox: Sandbox): object {
  const { account, door, stack } = sandbox;
  return {
    endpoint: door.endpoint,
    region: account.region,
    account: account.id,
    ...rootCredentials(account),
    stage: 'dev',
    stack: {
      stateMachineArn: stack.outputs['StateMachineArn'],
      incidentTable: stack.outputs['IncidentTableName'],
      topics: {
        page: stack.outputs['PageTopicArn'],
        notice: stack.outputs['NoticeTopicArn'],
        digest: stack.outputs['DigestTopicArn'],
      },
    },
  };
}

function instructions(sandbox: Sandbox): readonly string[] {
  const { accessKeyId, secretAccessKey } = rootCredentials(sandbox.account);
  return [
    `The embedded account ${sandbox.account.id} (${sandbox.account.region}) listens at ${sandbox.door.endpoint}`,
    '',
    'Point any AWS SDK or the aws CLI at it:',
    `  export AWS_ENDPOINT_URL=${sandbox.door.endpoint}`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `  export AWS_REGION=${sandbox.account.region}`,
    '  firebreak incidents list',
    '',
    'Ctrl-C ends it; nothing is left behind.',
  ];
}

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

export function addSandbox(program: Command): void {
  program
    .command('sandbox')
    .summary('keep the embedded account running')
    .description('Starts the embedded account with the stack deployed in it, and runs until SIGINT or SIGTERM.')
    .option('--account <file>', 'account file: the world to start from (default: an empty account)')
    .option('--rules <folder>', 'rules to put into Parameter Store (default: the shipped pack)')
    .option('--port <number>', 'port to listen on (default: a free one)', number(0, 65_535))
    .option('--seed <number>', 'seed of everything that AWS leaves to chance', number(0, 4_294_967_295), 1)
    .option('--speed <factor>', 'virtual seconds per real second', number(1, 10_000), 1)
    .option('--json', 'print one line of JSON when it is ready')
    .addHelpText('after', '\nExample:\n  firebreak sandbox --account my.account.yaml --port 4566')
    .action(async (options: Options) => {
      const ended = stopped();
      const world = readWorldFile(options.account);
      const rules = options.rules === undefined ? [] : readRuleFolder(options.rules);
      const sandbox = await openSandbox(loadArtifacts(), {
        world,
        mode: 'paced',
        seed: options.seed,
        speed: options.speed,
        startAt: new Date(),
        ...(options.port === undefined ? {} : { port: options.port }),
      });
      try {
        putRules(sandbox.account, 'dev', rules);
        if (options.json === true) print(JSON.stringify(ready(sandbox)));
        else for (const line of instructions(sandbox)) print(line);
        await ended;
      } finally {
        await sandbox.close();
      }
    });
}
