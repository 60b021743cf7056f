/** What lint may say of a rule set, in one sentence each. */
export interface Code {
  readonly level: 'error' | 'warning';
  /** What is wrong, and what would come of it. */
  readonly meaning: string;
}

const error = (meaning: string): Code => ({ level: 'error', meaning });
/** For what is allowed, and surely surprises somebody: it never keeps an edit from becoming live. */
const warning = (meaning: string): Code => ({ level: 'warning', meaning });

/**
 * Every code that lint gives. There is no other: `ProblemCode` is made of it, and each has a bad and a good example
 * (tools/lintExamples), which docs/rules.generated.md shows.
 */
export const codes = {
  // The file.
  path: error('The file is neither a rule, nor an exemption, nor the settings, so that nothing would read it.'),
  'not-read': warning('A file or folder beside the rules that nothing reads: a slip in its name would go unnoticed.'),
  'too-large': error('The file has more bytes than a standard parameter holds (4,096).'),
  encoding: error('The file holds bytes that are not UTF-8, a byte order mark, or characters that nobody sees.'),
  braces: error('The file holds `{{`, which Parameter Store takes for a reference and refuses.'),
  syntax: error('The file is no YAML (or JSON, which is YAML), so that nobody knows what it says.'),
  'duplicate-key': error('A key stands twice in one place: only one of its values could count.'),
  anchor: error('An anchor, an alias or a tag: no rule needs one, and aliases make a small file huge.'),
  'too-deep': error('The file is nested deeper than anything that a rule could mean.'),
  empty: error('The file says nothing: a rule or an exemption that is not there.'),
  misplaced: error('A rule among the exemptions, an exemption among the rules, or settings in either.'),
  // Keys and values.
  'unknown-key': error('A key that nothing reads: what it asks for would silently not happen.'),
  missing: error('A key that must be there.'),
  value: error('A value of the wrong type, or one that is not allowed there.'),
  name: error('The name is not that of the file, under which people look for it.'),
  'duplicate-name': error('Two files of one name: nobody could tell which of them decided.'),
  // The pattern.
  pattern: error('No EventBridge pattern: EventBridge would refuse it as well.'),
  overridden: error('A field stands beside `$or` and within it: EventBridge obeys only the one that is written last.'),
  'unknown-field': error('A field that no finding has: the condition can never hold.'),
  'wrong-type': error('A condition on another type than the field has: a number on a text, a text on a number.'),
  'unknown-value': error('A value that the field never has: the condition can never hold.'),
  'never-asked': error('A condition that takes only findings which rules are never asked about: closed ones, samples.'),
  contradiction: error('Conditions of which each can hold, but never all of them for one finding.'),
  'dead-alternative': error('An alternative of `$or` that can never hold, while another can.'),
  'odd-value': warning('A value that no source is known to give, and that is nearly one which is given.'),
  // What a rule does.
  'unknown-action': error('An action that does not exist.'),
  'duplicate-action': error('An action named twice in one rule: only one set of parameters could count.'),
  'no-target': error('An action that takes nothing of what the pattern selects: the rule would match and do nothing.'),
  declined: warning('Every action that could change something declines what the pattern selects.'),
  irreversible: warning(
    'A step that cannot be undone and that nobody waits for is enforced without anybody being asked.',
  ),
  'no-evidence': warning('What the rule does destroys evidence, and nothing in it stores any before.'),
  'stops-nobody': warning('What somebody is in is taken out of traffic, and nothing in the rule stops it.'),
  'empties-for-nothing': warning('A host is emptied, and nothing in the rule needs it empty.'),
  'idle-approval': warning('An approval is asked for where nothing is ever changed.'),
  'never-late': error('What is to happen when nobody answers in time never does, because no time is said.'),
  'zero-and-minimum': error('A service may be set to zero tasks, and may never have fewer than a minimum.'),
  'quiet-failure': warning('A containment that failed would wake nobody.'),
  'quiet-threat': warning('A lower tier than a page for a kind of threat that always pages: it has no effect there.'),
  'takes-everything': warning('An enforcing rule that changes things takes every finding there is.'),
  // The files together: only warnings, so that a file which is right stays right whatever is put beside it.
  unreachable: warning('A rule that is never asked, because one before it takes all that it would take.'),
  'same-pattern': warning('Two rules of one pattern and one order: the name alone would decide which of them counts.'),
  // Exemptions and protection.
  'exempts-nothing': warning('An exemption of what no rule takes, or of actions that no rule it meets has.'),
  'exempts-everything': warning('An exemption of every finding: no rule is ever asked.'),
  'unknown-rule': error(
    'A rule that there is not, in an exemption or a freeze: it would exempt from nothing, or stop nothing.',
  ),
  scope: error(
    'An exemption from paging alone that also names actions: the one leaves done what the other leaves out.',
  ),
  'too-long': error('An exemption that ends later than the settings allow: what has no end is forgotten.'),
  'expires-soon': warning('An exemption that ends within seven days: what it exempts is acted on again.'),
  expired: warning('An exemption that is over has no effect.'),
  'protects-everything': warning('A protection of every target: nothing is ever changed without a person.'),
} as const satisfies Readonly<Record<string, Code>>;

export type ProblemCode = keyof typeof codes;
