import * as z from 'zod';
import type { Action } from '../shared/actions/contract.ts';
import { exemption, settings, writtenRule } from '../shared/rules/schema.ts';
import { findingPattern, type JsonSchema, targetPattern } from './patternSchema.ts';

/** What an editor says of a key, by the schema's name. */
const said: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rule: {
    name: 'The name of the file, by which messages name the rule.',
    description: 'What it is for, in one sentence.',
    order: 'Lower is asked first, then by name; the first rule that matches decides. Default 100.',
    when: 'An EventBridge event pattern over the finding.',
    do: 'Actions, each a name or a name with parameters; the plan puts them in order.',
    mode: 'enforce acts; observe plans and tells. Default: the defaultMode of the settings.',
    page: 'Who hears of which outcome: page wakes somebody, notice waits for working hours, digest for the morning.',
    escalate: 'After how long a page that nobody acknowledges goes on to the next, and how often.',
    approval: 'When a person is asked before anything is changed.',
    limits: 'How much the rule may do before it holds and tells.',
    lease: 'How long after it was contained people are asked whether it stays so. Nothing is ever released by itself.',
  },
  exemption: {
    name: 'The name of the file, by which messages name the exemption.',
    when: 'An EventBridge event pattern over the finding.',
    rules: 'The rules that are passed over; without, all are.',
    actions: 'The actions that are left out; without, the whole finding is.',
    scope: 'paging: everything is done, and what would be a page is a notice.',
    owner: 'Who answers for it.',
    reason: 'Why it is there.',
    expires: 'From then on it has no effect: 2026-12-31, or 2026-12-31T18:00:00Z.',
  },
  settings: {
    defaultMode: 'For rules that say no mode.',
    observeOnly: 'Whatever the rules say, observe: nothing is changed.',
    quietHours: 'An incident is closed when it has been quiet this long and nothing of it is contained.',
    holdAfterUndoHours: 'After an undo, nothing is contained again for this incident for this long.',
    quietPullDays: 'An image that nobody has pulled for so many days counts as not in use, if nothing else runs it.',
    causeWindowMinutes: 'What is first seen this soon after an image was first deployed came with that image.',
    ownAddresses:
      'Blocks of addresses that are ours wherever they are: no rule blocks one. Those that the account itself has need no entry.',
    inUse:
      'Where else images of this account are used, as ACCOUNT/REGION: it is not read, so that no image is archived without a person. Left out: nowhere.',
    limits: 'How much all rules together may do before they hold and tell.',
    freezes: 'When nothing is changed, by the clock of a place.',
    teams: 'Who looks after what, and when they are at work.',
    twoPeople:
      'What two people must approve: what is protected, or whatever is asked (docs/approvals.md). Left out: nothing.',
    signIn: 'Who may sign in to the console, and where: OpenID Connect (docs/console.md). Left out: nobody.',
    images:
      'What an image must be before it is deployed: from which registry, signed, how old, scanned (docs/gate.md). Left out: nothing.',
    workingHours: 'When a notice goes out, of what belongs to no team and of teams that say none. Left out: at once.',
    escalate: 'For rules that say nothing about it. Left out: a page is sent once.',
    lease: 'For rules that say nothing about it. Left out: what is contained stays so, and nobody is asked.',
    digest: 'At which hour the night is summed up. Left out: what is for the morning goes out at once, each by itself.',
    storm: 'How many incidents that would wake somebody, within how long, are told by one page; off: each by its own.',
    breaker: 'How often a rule may contain in vain before it is stopped.',
    longestExemptionDays: 'An exemption ends at most this many days after it is written or extended.',
    protected: 'EventBridge patterns over the target; whatever matches is never changed without a person.',
  },
};

interface Made {
  readonly name: 'rule' | 'exemption' | 'settings';
  readonly title: string;
  readonly schema: z.ZodType;
  /** What the zod schema leaves to the code that reads it. */
  readonly instead: Readonly<Record<string, JsonSchema | ((made: JsonSchema) => JsonSchema)>>;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

function jsonOf({ name, title, schema, instead, definitions }: Made): string {
  // As a file is written, not as it is read; in the draft that editors know.
  const made = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly definitions?: Readonly<Record<string, JsonSchema>>;
  };
  const properties = Object.fromEntries(
    Object.entries(made.properties).map(([key, property]) => {
      const description = said[name]?.[key];
      const other = instead[key] ?? property;
      const shown = typeof other === 'function' ? other(property) : other;
      return [key, { ...(description === undefined ? {} : { description }), ...shown }];
    }),
  );
  const described = { ...made, title, properties, definitions };
  return `${JSON.stringify(described, null, 2)}\n`;
}

/** `- name`, or `- name: { parameters }`, of an action that there is. */
function step(catalogue: readonly Action[]): JsonSchema {
  const properties = Object.fromEntries(
    catalogue.map(({ name, summary, params }) => {
      const { $schema: _, ...schema } = z.toJSONSchema(params, { io: 'input', target: 'draft-7' });
      return [name, { description: summary, ...schema, type: ['object', 'null'] }];
    }),
  );
  const named = { type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 };
  return { anyOf: [{ enum: catalogue.map(({ name }) => name) }, named] };
}

const pattern = (of: string): JsonSchema => ({ $ref: `#/definitions/${of}` });

const targets: JsonSchema = { type: 'array', maxItems: 50, items: pattern('target') };

/** A list of objects of which one key is described otherwise. */
function withMember(list: JsonSchema, key: string, member: JsonSchema): JsonSchema {
  const items = list['items'] as { readonly properties: Readonly<Record<string, JsonSchema>> };
  return { ...list, items: { ...items, properties: { ...items.properties, [key]: member } } };
}

/** The JSON Schemas of the files that people write, for editors: path -> text. The account file's is made beside (accountSchema.ts). */
export function ruleSchemas(catalogue: readonly Action[]): ReadonlyMap<string, () => string> {
  const names = catalogue.map(({ name }) => name);
  const finding = findingPattern();
  const all: readonly Made[] = [
    {
      ...{ name: 'rule', title: 'Firebreak rule (rules/*.yaml)', schema: writtenRule, definitions: finding },
      instead: {
        when: { allOf: [pattern('finding')] },
        do: { type: 'array', minItems: 1, maxItems: 20, items: step(catalogue) },
      },
    },
    {
      ...{ name: 'exemption', title: 'Firebreak exemption (rules/exemptions/*.yaml)', schema: exemption },
      definitions: finding,
      instead: {
        when: { allOf: [pattern('finding')] },
        actions: { type: 'array', minItems: 1, items: { enum: names } },
      },
    },
    {
      ...{ name: 'settings', title: 'Firebreak settings (rules/settings.yaml)', schema: settings },
      definitions: targetPattern(),
      instead: { protected: targets, teams: (made) => withMember(made, 'owns', targets) },
    },
  ];
  return new Map(all.map((one) => [`docs/${one.name}.schema.generated.json`, () => jsonOf(one)]));
}
