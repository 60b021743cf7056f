import type { RemovedCheck } from '../../removedCheck.ts';

const folder = 'shared/respond/channel';
const schema = { file: `${folder}/schema.ts`, test: 'test/respond/channel/schema.test.ts' };
const channel = { file: `${folder}/channel.ts`, test: 'test/respond/channel/channel.test.ts' };
const deliver = { file: `${folder}/deliver.ts`, test: 'test/respond/channel/channel.test.ts' };
const inForce = { file: `${folder}/inForce.ts`, test: 'test/respond/channel/inForce.test.ts' };

/** A dead channel keeps nothing from anybody, a slip in the channels keeps no page, and no key is seen. */
export const channelOrderChecks: readonly RemovedCheck[] = [
  {
    ...schema,
    text: "url?.protocol === 'https:'",
    replacement: 'url !== null',
    why: 'what is told goes over the net for all to read',
  },
  {
    ...schema,
    text: " && url.username === '' && url.password === ''",
    replacement: '',
    why: 'a password stands in the parameter that everybody may read',
  },
  {
    ...schema,
    text: 'given.startsWith(keys) && /^[A-Za-z0-9_.-]{1,100}$/.test(given.slice(keys.length))',
    replacement: "given.startsWith('/')",
    why: 'a channel is sent what another parameter holds',
  },
  {
    ...schema,
    text: "suggestion === '' || repeats.test(suggestion)",
    replacement: "suggestion === ''",
    name: 'show nothing',
    why: 'a key that was written in the wrong place is mailed to everybody',
  },
  {
    file: `${folder}/order.ts`,
    text: '  if (message.telling === channel.name) return false;\n',
    replacement: '',
    test: channel.test,
    why: 'what tells of a dead channel goes to that channel',
  },
  {
    ...channel,
    text: '  if (message.telling === null) await tellDead',
    replacement: '  await tellDead',
    why: 'two dead channels tell of each other for ever',
  },
  {
    ...channel,
    text: "state === 'failed' && attempts < mostAttempts",
    replacement: "state === 'failed'",
    why: 'a channel that stays dead is told of by nobody',
  },
  {
    ...channel,
    text: 'Math.min(came.retryAfter ?? 0, longestPause)',
    replacement: 'came.retryAfter ?? 0',
    why: 'another side has a page wait for a day',
  },
  {
    ...channel,
    text: '  if (message === undefined) throw new Error(`Message ${messageId} is no notification of a topic of this stage`);\n',
    replacement: "  if (message === undefined) return 'done';\n",
    why: 'what cannot be read is gone without a trace',
  },
  {
    ...channel,
    text: '      return [message.messageId];\n    }',
    replacement: '      return [];\n    }',
    why: 'what failed is gone without a trace',
  },
  {
    ...channel,
    text: '  for (const edit of edits) failed.push(...(await tried(edit)));\n  const others = await Promise.all(received.filter((message) => !edits.includes(message)).map(tried));',
    replacement: '  const others = await Promise.all(received.map(tried));',
    test: inForce.test,
    why: 'a message goes by channels that somebody has taken out',
  },
  {
    ...deliver,
    text: "  if (action !== 'trigger' && now.getTime() - Date.parse(message.at) > endsWithinMs) return { state: 'late' };\n",
    replacement: '',
    why: 'the end of one alert ends the next, and hides a page',
  },
  {
    ...deliver,
    text: "    if (!passes(status)) return { state: 'refused', why };\n",
    replacement: '',
    why: 'a key that is wrong is told six minutes late',
  },
  {
    ...deliver,
    text: 'status >= 200 && status < 300',
    replacement: 'status >= 200',
    why: 'what was not taken passes for taken',
  },
  {
    ...deliver,
    text: '{ error: nameOf(error), code: (error as { code?: unknown }).code }',
    replacement: '{ error: String(error) }',
    why: 'the address of a webhook, which may be all that opens it, is in the log',
  },
  {
    ...inForce,
    text: "    if (earlier !== undefined && before !== undefined && 'channels' in before)\n      return { channels: before.channels, version: earlier.version, broken };\n",
    replacement: '',
    why: 'a slip in the channels keeps a page from PagerDuty',
  },
  {
    ...inForce,
    text: 'isWrong && !isTold',
    replacement: 'isWrong',
    why: 'one slip is told with each message',
  },
  {
    ...inForce,
    text: "    effects.log.error('What is wrong with the channels could not be told', { error });\n",
    replacement: '    throw error;\n',
    why: 'a page waits until somebody can be told of a slip',
  },
  {
    ...inForce,
    text: '    else if (!secret.isSealed)\n',
    replacement: '    else if (false)\n',
    why: 'a key that everybody may read stays so',
  },
];
