/** The layout of `kubectl get`, cell by cell; whole answers are compared with kubectl's own in the integration tests. */
import { expect, test } from '@jest/globals';
import { TableText } from '../../../../src/cli/view/server-table.ts';

const columnDefinitions = [
  { name: 'Name', priority: 0 },
  { name: 'Ready', priority: 0 },
  { name: 'Node', priority: 1 },
];
const options = { isWide: false, showsNamespace: false, namePrefix: '', hidesHeader: false };
const row = (...cells: readonly unknown[]) => ({ cells, object: { metadata: { namespace: 'shop', name: 'a' } } });

test('columns of -o wide show only there', () => {
  const table = { columnDefinitions, rows: [row('a', 1, 'n1')] };
  expect(new TableText(options).lines(table)).toEqual(['NAME   READY', 'a      1']);
  expect(new TableText({ ...options, isWide: true }).lines(table)).toEqual(['NAME   READY   NODE', 'a      1       n1']);
});

test('the namespace and the type go in front', () => {
  const lines = new TableText({ ...options, showsNamespace: true, namePrefix: 'pod/' }).lines({
    columnDefinitions,
    rows: [row('a', 1)],
  });
  expect(lines).toEqual(['NAMESPACE   NAME    READY', 'shop        pod/a   1']);
});

test('rows that come later need no header, and stand below the columns of those before', () => {
  const table = new TableText(options);
  table.lines({ columnDefinitions, rows: [row('a-long-name', '1/1')] });
  expect(table.lines({ columnDefinitions: null, rows: [row('b', '0/1')] })).toEqual(['b             0/1']);
});

test('what is not there is empty, and of several lines the first stands for all', () => {
  const lines = new TableText({ ...options, hidesHeader: true }).lines({
    columnDefinitions,
    rows: [row('a', null), row('b', 'x\ny')],
  });
  expect(lines).toEqual(['a     ', 'b     x...']);
});
