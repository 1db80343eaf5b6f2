import { createContext, useContext } from 'react';
import type { Connection } from '../api/model.ts';

/** What a card or the panel can ask the page for. */
export interface PageActions {
  readonly openDetails: (connection: Pick<Connection, 'id'>) => void;
  readonly askReconnect: (connection: Connection) => void;
  readonly askDisconnect: (connection: Connection) => void;
  readonly askConnect: () => void;
}

const PageActionsContext = createContext<PageActions | null>(null);

export const PageActionsProvider = PageActionsContext;

/** The actions of the page around. */
export function usePageActions(): PageActions {
  const value = useContext(PageActionsContext);
  if (!value) throw new Error('usePageActions outside of a page');
  return value;
}
