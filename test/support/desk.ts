import type { Redis } from 'ioredis';
import { openBoard } from '../../src/cli/board.ts';
import { openPool } from '../../src/context/pool.ts';
import type { Board } from '../../src/web/tools.ts';
import { openAudit } from '../../src/store/desk.ts';
import { openHalt } from '../../src/store/halt.ts';
import type { Line } from './line.ts';

/** The board of a bot with one account, whose answers wait for a human. */
export const openBoardOf = ({ network, ledger, receipts, composeTools }: Pick<Line, 'network' | 'ledger' | 'receipts' | 'composeTools'>, client: Redis): Board => openBoard({
  accounts: [network], ledger, receipts, store: { client }, halt: openHalt(client), audit: openAudit(client), composeTools: () => composeTools,
  pool: openPool(client),
}, { approval: [network.name], keepMs: 86_400_000, posting: { timeoutMs: 10_000, settleMs: 3_000, onUnknown: 'settle' }, answer: { maxLength: 400, maxAgeMs: 3_600_000 } });
