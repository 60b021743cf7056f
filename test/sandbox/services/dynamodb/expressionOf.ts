import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Condition, Update } from './randomWrites.ts';

/** Collects names and values while a condition or update is written as an expression. */
export class Expressions {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, AttributeValue> = {};

  path(pieces: readonly string[]): string {
    for (const piece of pieces) this.names[`#${piece}`] = piece;
    return pieces.map((piece) => `#${piece}`).join('.');
  }

  value(given: AttributeValue): string {
    const name = `:v${Object.keys(this.values).length}`;
    this.values[name] = given;
    return name;
  }

  condition(test: Condition): string {
    if (test.op === 'and' || test.op === 'or') {
      return `(${this.condition(test.left)}) ${test.op.toUpperCase()} (${this.condition(test.right)})`;
    }
    if (test.op === 'not') return `NOT (${this.condition(test.left)})`;
    if (test.op === 'exists') return `attribute_exists(${this.path(test.path)})`;
    if (test.op === 'missing') return `attribute_not_exists(${this.path(test.path)})`;
    if (test.op === 'in') return `${this.path(test.path)} IN (${test.values.map((v) => this.value(v)).join(', ')})`;
    return `${this.path(test.path)} ${test.op} ${this.value(test.value)}`;
  }

  update(changes: readonly Update[]): string {
    const sets: string[] = [];
    const removes: string[] = [];
    for (const change of changes) {
      const path = this.path([change.attribute]);
      if (change.op === 'set') sets.push(`${path} = ${this.value(change.value)}`);
      else if (change.op === 'remove') removes.push(path);
      else if (change.op === 'nested') sets.push(`${this.path([change.attribute, 'x'])} = ${this.value(change.value)}`);
      else if (change.op === 'count') {
        const zero = this.value({ N: '0' });
        sets.push(`${path} = if_not_exists(${path}, ${zero}) + ${this.value({ N: String(change.by) })}`);
      } else {
        const empty = this.value({ L: [] });
        sets.push(`${path} = list_append(if_not_exists(${path}, ${empty}), ${this.value({ L: [change.value] })})`);
      }
    }
    const parts = [
      sets.length > 0 ? `SET ${sets.join(', ')}` : '',
      removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
    ];
    return parts.filter(Boolean).join(' ');
  }

  /** What goes with the expressions in a request. */
  members(): object {
    return {
      ...(Object.keys(this.names).length === 0 ? {} : { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length === 0 ? {} : { ExpressionAttributeValues: this.values }),
    };
  }
}
