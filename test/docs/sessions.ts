/**
 * Which test runs which blocks of commands. A session is some sections of a page, whose blocks are run in their order, in one shell, in one
 * world; a tidy test fails on a block that no session has, and on a session that no test runs.
 */
import { blocksOf, isOfCommands } from './blocks.ts';
import type { Block } from './blocks.ts';

export interface Session {
  readonly name: string;
  readonly page: string;
  /** In the order of the page. */
  readonly headings: readonly string[];
  /** The file that reads it. */
  readonly test: string;
}

/** What several clusters run: a test of each names the functions of this file. */
const CLUSTER_PAGES = 'test/docs/cluster-pages.ts';

export const SESSIONS: readonly Session[] = [
  {
    name: 'recovery by hand',
    page: 'docs/recovery.md',
    headings: ['By hand'],
    test: 'test/integration/docs/recovery.test.ts',
  },
  {
    name: 'copies by hand',
    page: 'docs/recovery.md',
    headings: ['Saving a copy of a running cluster', 'Founding a cluster from a copy'],
    test: 'test/integration/docs/recovery.test.ts',
  },
  {
    name: 'the plugin installed',
    page: 'docs/kubectl.md',
    headings: ['Install'],
    test: 'test/integration/docs/install.test.ts',
  },
  { name: 'five minutes', page: 'README.md', headings: ['Five minutes with it'], test: CLUSTER_PAGES },
  {
    name: 'the tour',
    page: 'docs/tour.md',
    headings: [
      '1. A cluster',
      '2. Write and read',
      '3. Change who leads',
      '4. Kill the leader',
      '5. Scale',
      '6. Roll',
      '7. What if nobody looks?',
      '8. The end',
    ],
    test: CLUSTER_PAGES,
  },
  {
    name: 'operations',
    page: 'docs/operations.md',
    headings: [
      'Operations',
      'Scale',
      'Upgrade',
      'Maintenance of a machine',
      'Larger volumes and more memory',
      'A member fails',
      'A quorum is lost',
      'Hibernate',
      'Delete, and come back',
    ],
    test: CLUSTER_PAGES,
  },
  { name: 'waiting for a condition', page: 'docs/conditions.md', headings: ['Conditions'], test: CLUSTER_PAGES },
  { name: 'what blocks', page: 'docs/gates.md', headings: ['Gates'], test: CLUSTER_PAGES },
  {
    name: 'the chart',
    page: 'charts/quorate/README.md',
    headings: ['The quorate chart', 'The CRD', 'Deletion protection'],
    test: CLUSTER_PAGES,
  },
  { name: 'recovery on Kubernetes', page: 'docs/recovery.md', headings: ['On Kubernetes'], test: CLUSTER_PAGES },
  {
    name: 'copies on Kubernetes',
    page: 'docs/recovery.md',
    headings: ['A copy on Kubernetes', 'Founding on Kubernetes'],
    test: CLUSTER_PAGES,
  },
];

/** What can run nowhere that we have, and why. */
export const NOWHERE: readonly { readonly page: string; readonly heading: string; readonly why: string }[] = [
  {
    page: 'README.md',
    heading: 'Quorate',
    why: '`make test` is what runs these tests, and `make run` is `quorate dev`, which test/integration/cli/dev.test.ts starts',
  },
];

export function blocksOfSession({ page, headings }: Session): readonly Block[] {
  return blocksOf(page).filter((block) => isOfCommands(block) && headings.includes(block.heading));
}
