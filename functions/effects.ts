import { randomUUID } from 'node:crypto';
import type { Permission, Target } from '../shared/actions/contract.ts';
import { sessionPolicy } from '../shared/actions/sessionPolicy.ts';
import { dynamoTable } from '../shared/incident/dynamoTable.ts';
import { incidentHash } from '../shared/incident/keys.ts';
import { publishedSets } from '../shared/incident/rulesets.ts';
import { systemClock } from '../shared/platform/clock.ts';
import { sha256Hex } from '../shared/platform/hash.ts';
import { createLog, type Log } from '../shared/platform/log.ts';
import { bucketObjects } from '../shared/platform/objects.ts';
import { clientConfig } from '../shared/platform/sdk/config.ts';
import { DynamoDBClient } from '../shared/platform/sdk/dynamodb.ts';
import { scopedSessions } from '../shared/platform/sessions.ts';
import { snsTopics, type Topics } from '../shared/platform/topics.ts';
import type { Bodies, Effects, EvidenceOf, Sessions } from '../shared/respond/effects.ts';
import type { Tier } from '../shared/rules/rule.ts';
import { inForce, parseRuleSet } from '../shared/rules/storedSet.ts';

/** The effects of production, in groups: a function takes those that it may use. DynamoDB is the only client made at start. */

interface Base {
  readonly AWS_REGION: string;
  readonly STAGE: string;
  readonly TABLE: string;
}

export type Common = Pick<Effects, 'table' | 'clock' | 'newId' | 'log' | 'stage'> & {
  readonly logger: Log;
};

export function common(name: string, env: Base): Common {
  const logger = createLog(name);
  const client = new DynamoDBClient({ ...clientConfig({ region: env.AWS_REGION }), maxAttempts: 4 });
  return {
    table: dynamoTable(client, env.TABLE),
    clock: systemClock,
    newId: randomUUID,
    log: (message, fields) => logger.info(message, fields),
    logger,
    stage: env.STAGE,
  };
}

export function storedBodies(env: Base & { readonly BUCKET: string }): Bodies {
  const objects = bucketObjects({ region: env.AWS_REGION, bucket: env.BUCKET });
  return {
    put: async (body) => {
      const hash = sha256Hex(body);
      await objects.put(`bodies/${hash}`, body, 'application/json');
      return hash;
    },
    get: async (hash) => {
      const body = await objects.get(`bodies/${hash}`);
      if (body === null) throw new Error(`No body ${hash}`);
      // Plans and rule sets decide: what somebody else has put in their place must not.
      if (sha256Hex(body) !== hash) throw new Error(`Body ${hash} is not what was written`);
      return body;
    },
  };
}

/** One folder per round of a run: what one has found is never written over by another, nor by a run's later look at what it changed. */
export function storedEvidence(env: Base & { readonly BUCKET: string }): EvidenceOf {
  const objects = bucketObjects({ region: env.AWS_REGION, bucket: env.BUCKET });
  return (incident, run, round) => {
    const key = (name: string): string => `evidence/${incidentHash(incident)}/${run}/${round}/${name}`;
    return {
      put: (name, body, contentType) => objects.put(key(name), body, contentType),
      get: (name) => objects.get(key(name)),
    };
  };
}

export function responderSessions(env: Base & { readonly RESPONDER_ROLE: string }): Sessions {
  const sessions = scopedSessions({ region: env.AWS_REGION, responderRole: env.RESPONDER_ROLE });
  const open = (name: string) => (target: Target, permissions: readonly Permission[]) =>
    sessions.open({
      account: target.account,
      region: target.region,
      policy: sessionPolicy(permissions),
      name: `firebreak-${env.STAGE}-${name}`.slice(0, 64),
    });
  return {
    read: open('read'),
    write: open('act'),
    role: (account) => env.RESPONDER_ROLE.replace('{account}', () => account),
  };
}

export const publishedRules = (effects: Pick<Effects, 'table' | 'bodies' | 'catalogue'>): Effects['ruleSets'] =>
  publishedSets(effects, (text) => inForce(parseRuleSet(text, effects.catalogue)));

export const topicsOf = (
  env: Base & { readonly PAGE_TOPIC: string; readonly NOTICE_TOPIC: string; readonly DIGEST_TOPIC: string },
): Topics<Tier> =>
  snsTopics({
    region: env.AWS_REGION,
    topics: { page: env.PAGE_TOPIC, notice: env.NOTICE_TOPIC, digest: env.DIGEST_TOPIC },
  });

/** Where the console is; nothing where there is none. */
export const consoleOf = ({ CONSOLE_URL: at }: { readonly CONSOLE_URL: string }): Pick<Effects, 'consoleUrl'> =>
  at === 'off' ? {} : { consoleUrl: at };
