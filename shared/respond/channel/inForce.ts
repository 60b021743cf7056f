import type { Parameter } from '../../platform/parameters.ts';
import { ascii, plain, shellWord } from '../../report/text.ts';
import type { ChannelEffects, InForce } from './effects.ts';
import { type Channel, channelPaths, readChannels } from './schema.ts';

/** An edit decides within so many milliseconds, also where its event was lost. */
const keptMs = 30_000;
/** So many versions are looked through for the last that can be used. */
const mostBack = 20;

/**
 * The channels as they are now. A parameter that cannot be used is told once, and the last version of it that can goes on: a bad edit
 * never replaces a good one. Throws where Parameter Store cannot be read.
 */
export function channelsInForce(effects: ChannelEffects): Promise<InForce> {
  const { kept, clock } = effects;
  const now = clock.now().getTime();
  if (kept.channels !== undefined && kept.channels.until > now) return kept.channels.inForce;
  // Messages of one batch wait for one reading, and for one telling of what is wrong.
  const inForce = readAndTell(effects).catch((error: unknown) => {
    delete kept.channels;
    throw error;
  });
  kept.channels = { until: now + keptMs, inForce };
  return inForce;
}

async function readAndTell(effects: ChannelEffects): Promise<InForce> {
  const inForce = await read(effects);
  if (inForce.broken === null) return inForce;
  try {
    await tellUnlessTold(effects, inForce);
  } catch (error) {
    // A page does not wait for it: half a minute later it is tried again.
    effects.log.error('What is wrong with the channels could not be told', { error });
  }
  return inForce;
}

async function read({ parameters, stage }: ChannelEffects): Promise<InForce> {
  const { channels: name } = channelPaths(stage);
  const latest = await parameters.read(name);
  if (latest === undefined) return { channels: [], version: null, broken: null };
  const found = readChannels(latest.value, stage);
  if ('channels' in found) return { channels: found.channels, version: latest.version, broken: null };
  const broken = { version: latest.version, wrong: found.wrong };
  for (let back = 1; back <= mostBack && latest.version - back > 0; back += 1) {
    const earlier: Parameter | undefined = await parameters.read(`${name}:${latest.version - back}`);
    const before = earlier === undefined ? undefined : readChannels(earlier.value, stage);
    if (earlier !== undefined && before !== undefined && 'channels' in before)
      return { channels: before.channels, version: earlier.version, broken };
  }
  return { channels: [], version: null, broken };
}

const described = (channel: Channel): string => `${channel.name} (${channel.kind}): ${channel.tiers.join(', ')}`;

const inUse = ({ channels, version }: InForce): readonly string[] =>
  channels.length === 0
    ? ['No channel is in use: messages reach those who are subscribed to the topics, and nobody else.']
    : [`In use is version ${version}:`, ...channels.map(described)];

function statusOf(inForce: InForce, keyless: readonly string[]): string {
  const { broken } = inForce;
  const wrong =
    broken === null ? [] : [`Version ${broken.version} of the channels cannot be used. ${plain(broken.wrong, 600)}`];
  return [...wrong, ...keyless, ...inUse(inForce)].join('\n');
}

/** What keeps a channel from being used though it is written as it should be. Never with anything of the key. */
async function withoutKey({ parameters }: ChannelEffects, channels: readonly Channel[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const channel of channels) {
    if (!('key' in channel)) continue;
    const secret = await parameters.readSecret(channel.key);
    if (secret === undefined) lines.push(`${channel.name} has no key: there is no parameter ${channel.key}.`);
    else if (!secret.isSealed)
      lines.push(
        `The key of ${channel.name} can be read by whoever may read parameters: write ${channel.key} anew as a SecureString.`,
      );
  }
  return lines;
}

/** Somebody has edited the channels: says into the status what is used from now on, and tells what is to be mended. */
export async function judgeChannels(effects: ChannelEffects): Promise<void> {
  delete effects.kept.channels;
  const inForce = await read(effects);
  await tellUnlessTold(effects, inForce, await withoutKey(effects, inForce.channels));
}

/** The status says what has been told: the same is not told twice, by whichever function and however often. */
async function tellUnlessTold(
  effects: ChannelEffects,
  inForce: InForce,
  keyless: readonly string[] = [],
): Promise<void> {
  const { parameters, publisher, stage, log } = effects;
  const paths = channelPaths(stage);
  const status = statusOf(inForce, keyless);
  const said = await parameters.read(paths.status);
  const [first = ''] = status.split('\n');
  const isWrong = inForce.broken !== null || keyless.length > 0;
  const isTold = said !== undefined && (said.value === status || said.value.startsWith(first));
  if (isWrong && !isTold) {
    log.warn('The channels are not as they should be', { status });
    const subject = ascii(`NO ACTION: channels cannot be used, Firebreak ${stage}`, 99);
    const read = `aws ssm get-parameter --name ${shellWord(paths.channels)}`;
    await publisher.publish('notice', subject, [`${subject}.`, '', status, '', `Mend it: ${read}`].join('\n'));
  }
  // Told before it is noted as told: a crash in between tells twice.
  if (said?.value !== status) await parameters.put(paths.status, status);
}
