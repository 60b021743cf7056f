import { AwsError } from '../../account.ts';
import { inCluster, isRecord, listOf, patchOf } from './asked.ts';
import { bindWaiting } from './controller.ts';
import { shownNode } from './shown.ts';
import { type ClusterObjects, type Node, notFound } from './state.ts';

function nodeIn({ nodes }: ClusterObjects, name: string): Node {
  const found = nodes.get(name);
  if (found === undefined) throw notFound('nodes', name);
  return found;
}

export const getNode = inCluster((objects, { name }) => shownNode(nodeIn(objects, name)));

export const listNodes = inCluster(({ nodes }, { query }) => {
  const { metadata, page } = listOf([...nodes.values()], query);
  return { apiVersion: 'v1', kind: 'NodeList', metadata, items: page.map(shownNode) };
});

/** A merge patch of what of a node can be set here: whether pods are placed on it. Null takes the field away, which is false. */
export const patchNode = inCluster((objects, input, cluster, { account }) => {
  const node = nodeIn(objects, input.name);
  const { spec, metadata } = patchOf(input);
  const unschedulable = isRecord(spec) ? (spec['unschedulable'] ?? false) : undefined;
  if (typeof unschedulable !== 'boolean') {
    throw new AwsError('BadRequest', 'json: cannot unmarshal into Go struct field NodeSpec.spec.unschedulable', 400);
  }
  const version = isRecord(metadata) ? metadata['resourceVersion'] : undefined;
  if (version !== undefined && version !== String(node.generation)) {
    const text = `Operation cannot be fulfilled on nodes ${JSON.stringify(node.name)}: the object has been modified; please apply your changes to the latest version and try again`;
    throw new AwsError('Conflict', text, 409);
  }
  if (unschedulable !== node.unschedulable) {
    node.unschedulable = unschedulable;
    node.generation += 1;
    if (!unschedulable) bindWaiting(account, cluster);
  }
  return shownNode(node);
});
