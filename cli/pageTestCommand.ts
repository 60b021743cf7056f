import type { Command } from 'commander';
import { clientConfig } from '../shared/platform/sdk/config.ts';
import { textsByProtocol } from '../shared/platform/topics.ts';
import { ascii, plain } from '../shared/report/text.ts';
import type { Tier } from '../shared/rules/rule.ts';
import { print, printJson, say } from './output.ts';
import { onStage, type StageConnection } from './stage.ts';
import { type StageFlags, withStage } from './stageOptions.ts';
import { refusalOf } from './stageRefusal.ts';
import { userName } from './userName.ts';

interface Flags extends StageFlags {
  readonly by?: string;
  readonly json?: boolean;
}

/** What a message of each tier is for. */
const meanings: { readonly [tier in Tier]: string } = {
  page: 'a page wakes someone',
  notice: 'a notice waits for working hours',
  digest: 'a digest is for the morning',
};

const tiers = ['page', 'notice', 'digest'] as const satisfies readonly Tier[];

/** A subject of SNS has fewer than 100 characters. */
const longestSubject = 99;

interface Sent {
  readonly tier: Tier;
  readonly topic: string;
  readonly subject: string;
  /** SNS's id of the message; null: it was not sent. */
  readonly messageId: string | null;
  /** Why it was not sent; null: it was. */
  readonly failed: string | null;
}

const subjectOf = (tier: Tier, stage: string): string =>
  ascii(`TEST, NO ACTION: ${meanings[tier]} (stage ${stage})`, longestSubject);

/** Phones get the first line. */
const bodyOf = (tier: Tier, { stage, region }: StageConnection, by: string, at: string): string =>
  [
    subjectOf(tier, stage),
    '',
    `This is a test of the tier "${tier}". Nothing has happened, and there is nothing to do.`,
    `Sent by ${plain(by, 200)} at ${at} with "firebreak page test", for stage ${stage} in ${region}.`,
    'A real message begins with GET UP: or NO ACTION:, and its first 40 characters say whether to get up.',
    'If you do not want to be told by this stage, say so to whoever runs it: it is an SNS subscription.',
  ].join('\n');

/** One of each tier; one that cannot be sent does not stop the others. */
async function sendTests(connection: StageConnection, by: string): Promise<readonly Sent[]> {
  const { config, topics, stage, region, effects } = connection;
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient(clientConfig(config));
  const at = effects.clock.now().toISOString();
  const sent: Sent[] = [];
  for (const tier of tiers) {
    const topic = topics[tier];
    const subject = subjectOf(tier, stage);
    const body = bodyOf(tier, connection, by, at);
    const message = {
      TopicArn: topic,
      Subject: subject,
      Message: textsByProtocol(subject, body),
      MessageStructure: 'json',
    };
    try {
      const { MessageId = null } = await client.send(new PublishCommand(message));
      sent.push({ tier, topic, subject, messageId: MessageId, failed: null });
    } catch (error) {
      const told = refusalOf(error, `${topic} in ${region}`);
      const failed = plain(told instanceof Error ? told.message : String(told));
      sent.push({ tier, topic, subject, messageId: null, failed });
    }
  }
  return sent;
}

async function run(flags: Flags): Promise<void> {
  const { stage, by = userName() } = flags;
  const messages = await onStage(flags, (connection) => sendTests(connection, by));
  const failed = messages.filter(({ messageId }) => messageId === null);
  if (failed.length > 0) process.exitCode = 1;
  if (flags.json === true) return printJson({ version: 1, stage, messages });
  for (const { tier, messageId } of messages) if (messageId !== null) print(`${tier}: sent as ${messageId}`);
  for (const { tier, topic, failed: why } of failed) say(`firebreak: ${tier}: not sent to ${topic}: ${why}`);
  if (failed.length > 0)
    say(`firebreak: "firebreak doctor --stage ${stage}" says more of the topics, and who is subscribed to them.`);
}

export function addPage(program: Command): void {
  const page = program.command('page').summary('how people are told').description('How people are told.');
  withStage(page.command('test'))
    .summary('send one message of each tier, marked as a test')
    .description(
      'Sends one message of each tier (page, notice, digest), marked as a test. The page wakes whoever is on call. Exit 1: one of them was not sent; the others were.',
    )
    .option('--by <who>', 'who tests, for whoever reads it (default: the name of the user)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  firebreak page test --stage prod')
    .action(run);
}
