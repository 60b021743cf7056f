import { expand } from './conditions.ts';
import { type Asked, applies } from './evaluate.ts';
import { actionMatches, resourceMatches } from './matching.ts';
import { type Matcher, ownRole, type Policy, type Statement } from './policy.ts';
import { naming } from './principals.ts';

/** The least that an allowing statement says: one of its actions, on one of its resources, to one of its principals. */
export interface Grant {
  /** `role NAME, policy NAME`, `role NAME, trust policy` or `policy of ARN`. */
  readonly policy: string;
  /** Its Sid, else its place: `statement 1`. */
  readonly statement: string;
  /** Null in a policy of the caller's own. */
  readonly principal: string | null;
  /** As written, with its wildcards; `not …` for a NotAction, which says one thing however many it lists. */
  readonly action: string;
  /** Null in a trust policy, which speaks of its own role. */
  readonly resource: string | null;
}

/** Everything that a policy grants; what it denies is no grant. */
export const grantsIn = (policy: Policy): readonly Grant[] =>
  allowing(policy).flatMap((statement) => grantsOf(policy, statement, all));

/** Those grants of the policies that speak of what is asked, to whoever asks: one is enough. */
export const grantsFor = (policies: readonly Policy[], asked: Asked): readonly Grant[] =>
  policies.flatMap((policy) =>
    allowing(policy)
      .filter((statement) => applies(statement, asked))
      .flatMap((statement) => grantsOf(policy, statement, parts(asked))),
  );

const allowing = ({ statements }: Policy): readonly Statement[] =>
  statements.filter(({ effect }) => effect === 'Allow');

/** Which parts of a statement are meant. */
interface Parts {
  readonly action: (pattern: string) => boolean;
  readonly resource: (pattern: string) => boolean;
  readonly principals: (statement: Statement) => readonly (string | null)[];
}

const all: Parts = {
  action: () => true,
  resource: () => true,
  principals: ({ principals }) => (principals ? [...principals.aws, ...principals.services] : [null]),
};

const parts = ({ caller, accountId, roleArn, action, resource, context }: Asked): Parts => ({
  action: (pattern) => actionMatches(pattern, action),
  resource: (pattern) => resourceMatches(expand(pattern, context), resource),
  principals: ({ principals }) => (principals ? naming(principals, caller, accountId, roleArn) : [null]),
});

function grantsOf({ name }: Policy, statement: Statement, { action, resource, principals }: Parts): readonly Grant[] {
  const of = (matcher: Matcher, isMeant: (pattern: string) => boolean): readonly string[] =>
    matcher.not ? [`not ${matcher.patterns.join(', ')}`] : matcher.patterns.filter(isMeant);
  return principals(statement).flatMap((principal) =>
    of(statement.actions, action).flatMap((one) =>
      (statement.resources === ownRole ? [null] : of(statement.resources, resource)).map((on) => ({
        policy: name,
        statement: statement.name,
        principal,
        action: one,
        resource: on,
      })),
    ),
  );
}
