import type { Subscription } from '@aws-sdk/client-sns';
import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import type { Tier } from '../../../shared/rules/rule.ts';
import { askedFor } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';
import { allPages } from '../pages.ts';
import { bringBack, ofType, type StackResource } from '../stack.ts';

/** A subscription has an ARN once somebody has followed the link; until then SNS shows a word in its place. */
const isConfirmed = ({ SubscriptionArn = '' }: Subscription): boolean => SubscriptionArn.startsWith('arn:');

/** The queue of the channels is subscribed to each topic, whether or not there is a channel: nobody hears by that. */
const isOurs = (stack: readonly StackResource[], { Protocol, Endpoint = '' }: Subscription): boolean =>
  Protocol === 'sqs' &&
  ofType(stack, 'AWS::SQS::Queue').some(({ id }) => Endpoint.endsWith(`:${id.slice(id.lastIndexOf('/') + 1)}`));

/** Who hears what is published to the topic of a tier (SNS API, ListSubscriptionsByTopic). Without anybody it is silent. */
export const subscriptions = (tier: Tier): Check => ({
  name: `subscriptions-${tier}`,
  look: async ({ stage, stack }) => {
    const { config, region, topics } = stage;
    const TopicArn = topics[tier];
    const { ListSubscriptionsByTopicCommand, SNSClient } = await import('@aws-sdk/client-sns');
    const client = new SNSClient(clientConfig(config));
    const all = await askedFor('sns:ListSubscriptionsByTopic', ['NotFoundException', 'NotFound'], () =>
      allPages(async (NextToken) => {
        const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
        return { items: page.Subscriptions, next: page.NextToken };
      }),
    );
    if (all === undefined) return broken(`The topic ${TopicArn} is gone.`, bringBack(stage));
    const made = await stack();
    const theirs = all.filter((one) => !isOurs(made, one));
    const confirmed = theirs.filter(isConfirmed);
    const waiting = theirs.filter((one) => !isConfirmed(one)).map(({ Endpoint = '' }) => plain(Endpoint, 200));
    const ofConfirmed = `${confirmed.length} confirmed`;
    if (confirmed.length > 0 && waiting.length === 0) return ok(`${ofConfirmed}.`);
    if (confirmed.length > 0)
      return warning(
        `${ofConfirmed}; not confirmed: ${waiting.join(', ')}.`,
        'Follow the link in the mail that AWS sent there, or subscribe again for another one.',
      );
    const subscribe = `aws sns subscribe --topic-arn ${TopicArn} --protocol email --notification-endpoint you@example.com --region ${region}`;
    if (waiting.length === 0)
      return broken(
        `Nobody is subscribed to ${TopicArn}: it tells nobody.`,
        `Subscribe: ${subscribe}, and follow the link in the mail.`,
      );
    return broken(
      `Not confirmed: ${waiting.join(', ')}. Nobody hears what is published to ${TopicArn}.`,
      `Follow the link in the mail that AWS sent there (it holds for two days); for another one: ${subscribe}.`,
    );
  },
});
