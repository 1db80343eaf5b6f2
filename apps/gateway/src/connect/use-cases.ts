import { BeginSession } from './begin-session.ts';
import { BringSessionLive } from './bring-session-live.ts';
import { ChooseAccounts } from './choose-accounts.ts';
import { ClaimConnectSession } from './claim-connect-session.ts';
import { CloseSession } from './close-session.ts';
import { CompleteAuthorization } from './complete-authorization.ts';
import { CreateConnectSession } from './create-connect-session.ts';
import { DescribeConnectSession } from './describe-connect-session.ts';
import { DescribeOutcome } from './describe-outcome.ts';
import { ExchangeCode } from './exchange-code.ts';
import { ExpireSessions } from './expire-sessions.ts';
import { FinishActivation } from './finish-activation.ts';
import { PlanReconnect } from './plan-reconnect.ts';
import { SessionCounter } from './session-counter.ts';
import { SessionDoor } from './session-door.ts';
import { SessionProgress } from './session-progress.ts';
import { SettlePending } from './settle-pending.ts';
import { StartAuthorization } from './start-authorization.ts';
import { StartReconnect } from './start-reconnect.ts';

/** What the connect flow is made of. */
export const CONNECT_USE_CASES = [
  BeginSession,
  CreateConnectSession,
  StartReconnect,
  StartAuthorization,
  CompleteAuthorization,
  ExchangeCode,
  ClaimConnectSession,
  ChooseAccounts,
  PlanReconnect,
  FinishActivation,
  BringSessionLive,
  SettlePending,
  DescribeConnectSession,
  DescribeOutcome,
  ExpireSessions,
  CloseSession,
  SessionDoor,
  SessionProgress,
  SessionCounter,
];
