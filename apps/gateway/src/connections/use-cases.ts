import { ConnectionDoor } from './connection-door.ts';
import { DescribeConnection } from './describe-connection.ts';
import { DisconnectConnection } from './disconnect-connection.ts';
import { ListConnections } from './list-connections.ts';
import { ListHistory } from './list-history.ts';
import { ListPosts } from './list-posts.ts';
import { NoteDeadline } from './note-deadline.ts';
import { NoteGrantState } from './note-grant-state.ts';
import { NoteRevocation } from './note-revocation.ts';
import { PreviewDisconnect } from './preview-disconnect.ts';
import { ReleaseAtVault } from './release-at-vault.ts';
import { RequestAttempt } from './request-attempt.ts';
import { SummarizeConnections } from './summarize-connections.ts';

/** What can be asked about connections, done with them, and noted of them. */
export const CONNECTIONS_USE_CASES = [
  ListConnections,
  SummarizeConnections,
  DescribeConnection,
  ListHistory,
  ListPosts,
  RequestAttempt,
  PreviewDisconnect,
  DisconnectConnection,
  NoteGrantState,
  NoteDeadline,
  NoteRevocation,
  ReleaseAtVault,
  ConnectionDoor,
];
