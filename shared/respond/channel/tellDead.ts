import type { ChannelMessage } from '../../report/channels/message.ts';
import { ascii } from '../../report/text.ts';
import type { ChannelEffects } from './effects.ts';
import type { Channel } from './schema.ts';

/**
 * Tells, through the topics and the other channels, that one channel is dead and what it did not take. Once for each message: what tells of a
 * dead channel is never for that channel, and where another does not take it either, nobody is told of that.
 */
export async function tellDead(
  { publisher, stage }: ChannelEffects,
  { name, kind }: Channel,
  message: ChannelMessage,
  { attempts, why }: { readonly attempts: number; readonly why: string },
): Promise<void> {
  const isPage = message.tier === 'page';
  const verdict = isPage ? 'GET UP:' : 'NO ACTION:';
  const about = `channel ${name} is dead`;
  const said = `tried ${attempts === 1 ? 'once' : `${attempts} times`}, ${why}`;
  const body = [
    `${verdict} ${about} (${kind}), a ${message.tier} did not arrive there. Firebreak ${stage}`,
    '',
    `It was ${said}. It is not tried again with this message: what follows did not arrive by it.`,
    'Mend the channel, or take it out of the parameter ' +
      `/firebreak/${stage}/channels: each message that it does not take is told like this.`,
    '',
    'What did not arrive',
    message.text,
  ].join('\n');
  const subject = ascii(`${verdict} ${about}, Firebreak ${stage}`, 99);
  await publisher.publish(isPage ? 'page' : 'notice', subject, body, {
    id: `${message.id}/not-by/${name}`,
    thread: message.thread,
    incident: message.incident ?? '',
    outcome: message.outcome ?? '',
    class: message.class ?? '',
    telling: name,
  });
}
