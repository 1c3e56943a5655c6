/**
 * The planted bugs of README.md as edits of the source: `find` stands exactly once in its file, and `replace` takes its place in a build of
 * its own. What ships is never touched. A test holds that every edit still fits, and that this list and the README name the same bugs.
 */

export interface Edit {
  /** Below the repository's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export interface Mutant {
  readonly id: string;
  readonly edits: readonly Edit[];
}

const election = 'src/consensus/raft/election.ts';
const replication = 'src/consensus/raft/replication.ts';
const reads = 'src/consensus/raft/reads.ts';
const raft = 'src/consensus/raft/raft.ts';
const state = 'src/consensus/raft/state.ts';
const membership = 'src/consensus/raft/membership.ts';
const following = 'src/consensus/raft/following.ts';
const log = 'src/consensus/raft/log.ts';
const seats = 'src/consensus/raft/seats.ts';
const logWriter = 'src/wal/log-writer.ts';
const keyspace = 'src/keyspace/keyspace.ts';

/** With it in place a message that promises a term never leaves too early; to plant an early vote it must go as well. */
const TERM_GUARD_GONE: Edit = {
  file: state,
  find: 'const termIsDurable = this.ledger.durableHardState.term === this.term;',
  replace: 'const termIsDurable = true;',
};

function one(id: string, file: string, find: string, replace: string): Mutant {
  return { id, edits: [{ file, find, replace }] };
}

export const MUTANTS: readonly Mutant[] = [
  {
    id: 'M01',
    edits: [
      TERM_GUARD_GONE,
      { file: election, find: 'state.sendAfterPersist(from, response);', replace: 'state.send(from, response);' },
    ],
  },
  {
    id: 'M02',
    edits: [
      TERM_GUARD_GONE,
      {
        file: election,
        find: 'state.sendAfterPersist(voter, request);',
        replace: 'state.send(voter, request);\n  state.votes.set(state.options.id, true);',
      },
    ],
  },
  one('M03', following, 'state.sendAfterPersist(leader, {', 'state.send(leader, {'),
  one(
    'M04',
    replication,
    'if (id === state.options.id) return state.ledger.durableIndex;',
    'if (id === state.options.id) return state.log.lastIndex;',
  ),
  one(
    'M05',
    replication,
    'if (index <= state.commitIndex || state.log.termAt(index) !== state.term) return;',
    'if (index <= state.commitIndex) return;',
  ),
  one('M06', seats, "state.appendOwn(leadership, 'noop', NO_PAYLOAD);", ''),
  one('M07', reads, 'return state.commitIndex >= leadership.noopIndex;', 'return leadership.noopIndex > 0;'),
  one('M08', reads, 'if (!confirmed) return;', 'if (!confirmed && round.context < 0) return;'),
  one('M09', reads, 'state.readContext += 1;', 'state.readContext = 1;'),
  one('M10', 'src/node/read-part.ts', 'head.confirmation.index > appliedIndex) return;', 'appliedIndex < 0) return;'),
  one('M11', membership, "if (!isSettled(state, leadership)) return refuse('term-not-settled');", ''),
  one('M12', membership, "if (state.configuration.index > state.commitIndex) return refuse('change-in-flight');", ''),
  one('M13', log, 'while (this.#configurations.length > 1 && this.configuration.index >= index) this.#configurations.pop();', ''),
  one(
    'M14',
    raft,
    'committedConfiguration: log.configurationAt(state.commitIndex),',
    'committedConfiguration: state.configuration,',
  ),
  one(
    'M15',
    'src/node/snapshot-taker.ts',
    'configuration: replica.configurationAt(index)',
    'configuration: replica.status.configuration',
  ),
  one('M16', following, 'if (base.index > state.commitIndex) {', 'if (base.index > 0) {'),
  one(
    'M17',
    log,
    'this.#base = { index: through, term, configuration };',
    'this.#base = { index: through, term: 0 * term, configuration };',
  ),
  one('M18', election, 'return comparePositions(position, state.log.position) >= 0;', 'return position.index >= 0;'),
  one(
    'M19',
    'src/consensus/core.ts',
    'return left.term !== right.term ? left.term - right.term : left.index - right.index;',
    'return left.index !== right.index ? left.index - right.index : left.term - right.term;',
  ),
  one(
    'M20',
    election,
    'const isFree = vote === null ? state.leader === null : vote === from.id;',
    'const isFree = vote !== undefined && state.leader === null;',
  ),
  one(
    'M21',
    'src/consensus/quorum.ts',
    "return configuration.members.filter((member) => member.role === 'voter').map((member) => member.id);",
    'return configuration.members.map((member) => member.id);',
  ),
  one('M22', raft, "if (message.type === 'vote-request' && !message.transfer && leaderIsFresh(state)) return;", ''),
  one(
    'M23',
    election,
    'if (mayCampaign(state)) {\n    preCampaign(state);',
    'if (mayCampaign(state)) {\n    campaign(state, false);',
  ),
  one('M24', raft, '!hasCheckQuorum(state, leadership) || ', ''),
  one('M25', replication, 'progress.becomeProbe(agreed + 1);', 'progress.becomeProbe(Math.max(agreed + 1, rejected));'),
  one(
    'M26',
    following,
    'const firstNew = entries.findIndex((entry) => state.log.termAt(entry.index) !== entry.term);',
    'const firstNew = entries.length > 0 ? 0 : -1;',
  ),
  one(
    'M27',
    following,
    'const firstNew = entries.findIndex((entry) => state.log.termAt(entry.index) !== entry.term);',
    'const firstNew = entries.findIndex((entry) => entry.index > state.log.lastIndex);',
  ),
  one(
    'M28',
    following,
    'state.commitThrough(Math.max(state.commitIndex, Math.min(message.commit, lastIndex)));',
    'state.commitThrough(Math.max(state.commitIndex, Math.min(message.commit, state.log.lastIndex)));',
  ),
  one(
    'M29',
    'src/consensus/raft/persist-ledger.ts',
    'for (const persist of this.#outstanding) persist.through = Math.min(persist.through, index);',
    '',
  ),
  one(
    'M30',
    'src/node/command-part.ts',
    "if (!this.#replica.network.send(leader, 'bulk', frame))",
    "this.#replica.network.send(leader, 'bulk', frame);\n      if (!this.#replica.network.send(leader, 'bulk', frame))",
  ),
  one(
    'M31',
    'src/node/proposals.ts',
    "for (const done of proposed.waiters) done?.({ type: 'unknown', message });",
    "for (const done of proposed.waiters) done?.({ type: 'refused', code: 'NOLEADER', message });",
  ),
  one(
    'M32',
    membership,
    "if (change.type === 'promote' && !isCaughtUp(state, leadership, change.id)) return refuse('not-caught-up');",
    '',
  ),
  one('M33', logWriter, 'await file.datasync();\n', ''),
  one(
    'M34',
    'src/wal/durable-file.ts',
    'await disk.rename(pathIn(folder, temporaryName), pathIn(folder, name));\n  await disk.syncFolder(folder);',
    'await disk.rename(pathIn(folder, temporaryName), pathIn(folder, name));',
  ),
  one(
    'M35',
    'src/wal/segment-files.ts',
    'await file.write(0, [header, ...batch.chunks]);\n    await file.datasync();',
    'await file.write(0, [header, ...batch.chunks]);',
  ),
  one('M36', 'src/wal/recovery.ts', 'if (read < needed) return corrupt(', 'if (read < 0) return corrupt('),
  one('M37', 'src/wal/batch.ts', "if (crc32(body, saltChecksum) !== bodyChecksum) return { type: 'torn-body', header };", ''),
  one(
    'M38',
    logWriter,
    'if (this.#failure || this.#closed || this.#covered >= this.#lastContent) return;',
    'if (this.#covered >= 0) return;',
  ),
  one('M39', logWriter, 'await file.datasync();\n', 'await file.datasync().catch(() => file.datasync());\n'),
  one('M40', 'src/consensus/configuration.ts', "if (wasRemoved(configuration, change.id)) return refuse('id-was-removed');", ''),
  {
    id: 'M41',
    edits: [
      { file: 'src/node/membership-watch.ts', find: 'if (!(await this.#admin.confirmLeadership())) return;', replace: '' },
      {
        file: 'src/node/membership-watch.ts',
        find: 'const { committedConfiguration } = this.#replica.status;',
        replace: 'const { configuration: committedConfiguration } = this.#replica.status;',
      },
    ],
  },
  one('M42', 'src/wal/data-folder.ts', 'memberId: drawMemberId(this.#random),', 'memberId,'),
  one(
    'M43',
    'src/wire/peer/handshake.ts',
    'if (!sameGeneration(own.generation, other.generation)) {',
    'if (own.generation.number < 0) {',
  ),
  one(
    'M44',
    'src/wal/data-folder.ts',
    'if (!wanted.founding || sameFounding(current.founding, wanted.founding)) return null;',
    'if (wanted.clusterId === current.clusterId) return null;',
  ),
  one(
    'M45',
    'src/node/serving.ts',
    'if (!isDiskOfThePast({ term, last }, remembered)) return;',
    'if (term >= 0 && last.index >= 0) return;',
  ),
  one(
    'M46',
    'src/node/replica.ts',
    'return this.#time.nowMs(this.#clock.wallMs(), this.#clock.monotonicMs());',
    'return Math.max(this.#state.timeMs, Math.floor(this.#clock.wallMs()));',
  ),
  {
    id: 'M47',
    edits: [
      { file: keyspace, find: 'this.#timeMs = Math.max(this.#timeMs, timeMs);', replace: 'this.#timeMs = timeMs;' },
      { file: 'src/node/log-time.ts', find: 'this.#latestMs = Math.max(this.#latestMs, timeMs);', replace: 'void timeMs;' },
    ],
  },
  one(
    'M48',
    'src/keyspace/state-machine.ts',
    'if (next === null || next > nowMs) return false;',
    'if (next === null || next > 0) return false;',
  ),
  one(
    'M49',
    'src/node/clients/pipeline-window.ts',
    "if (phase === 'alone' || phase !== this.#phase) return false;",
    "if (phase === 'alone') return false;",
  ),
  one('M50', keyspace, '?? this.#tombstones.lastTouch(position);', '?? 0;'),
  one(
    'M51',
    'src/node/replica.ts',
    'this.stop();\n        this.#events.poisoned(entry.index, error);\n        return;',
    'void error;',
  ),
  one(
    'M52',
    'src/node/storage-node.ts',
    "if (divergence.verdict === 'minority') await this.#fenceOff('StateDiverged', message);",
    '',
  ),
  one(
    'M53',
    'src/node/storage-node.ts',
    "if (!status.configuration.members.every((member) => speaks(member.id))) return refuse('member-cannot');",
    'void speaks;',
  ),
  one(
    'M54',
    'src/wal/segment.ts',
    "if (featureLevel < levels.min || featureLevel > levels.max) return { type: 'unknown-format', featureLevel };",
    '',
  ),
  one(
    'M55',
    'src/node/command-part.ts',
    'if (growthBytes === 0 || (!this.#diskFull && growthBytes <= room)) return true;',
    'if (growthBytes >= 0) return true;',
  ),
  one(
    'M56',
    'src/consensus/raft/transfer.ts',
    'if (leadership.stalledTicks < state.options.stallTicks || state.handover) return false;',
    'if (leadership.stalledTicks >= 0) return false;',
  ),
  one(
    'M57',
    'src/wal/snapshot-files.ts',
    'await file.datasync();\n      return await this.#publish(temporaryName, header, fileBytes);',
    'return await this.#publish(temporaryName, header, fileBytes);',
  ),
  one(
    'M58',
    'src/node/snapshot-taker.ts',
    'const stored = await files.write(',
    "replica.note({ type: 'compact', through: index });\n      await log.compact(index);\n      const stored = await files.write(",
  ),
  {
    id: 'M59',
    edits: [
      { file: election, find: '  if (state.isHealing) return false;\n', replace: '' },
      {
        file: election,
        find: 'const granted = message.term > state.term && isUpToDate(state, message.position) && !state.isHealing;',
        replace: 'const granted = message.term > state.term && isUpToDate(state, message.position);',
      },
      {
        file: election,
        find: 'const granted = isFree && isUpToDate(state, message.position) && !state.isHealing;',
        replace: 'const granted = isFree && isUpToDate(state, message.position);',
      },
    ],
  },
  one('M60', 'src/node/replica.ts', 'if (this.#lastSequence <= this.#durableSequence) for', 'if (this.#lastSequence >= 0) for'),
  one(
    'M61',
    'src/consensus/raft/codec.ts',
    "return message.type === 'append-request' && message.entries.length > 0 ? 'bulk' : 'control';",
    "return message.type === 'append-request' || message.type === 'append-response' ? 'bulk' : 'control';",
  ),
  one(
    'M62',
    reads,
    '(leadership.progress.get(id)?.ackedContext ?? 0) >= round.context;',
    '(leadership.progress.get(id)?.answeredAt ?? -Infinity) > state.now - state.options.electionTicks;',
  ),
];
