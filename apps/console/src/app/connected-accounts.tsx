import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Connection } from '../api/model.ts';
import { ConnectDialog } from '../connect/connect-dialog.tsx';
import { ConnectReturnDialog } from '../connect/connect-return-dialog.tsx';
import { ReconnectDialog } from '../connect/reconnect-dialog.tsx';
import { ActivitiesProvider } from '../connections/activities.tsx';
import { ConnectionsPage } from '../connections/connections-page.tsx';
import { DisconnectDialog } from '../connections/disconnect-dialog.tsx';
import { type PageActions, PageActionsProvider } from '../connections/page-actions.tsx';
import { DetailPanel } from '../detail/detail-panel.tsx';

type Asked =
  { readonly for: 'reconnect' | 'disconnect'; readonly connection: Connection } | { readonly for: 'connect' };

/** The Connected Accounts page with its panel and dialogs; `?account=<id>` opens that account's panel. */
export function ConnectedAccounts() {
  const [parameters, setParameters] = useSearchParams();
  const [asked, setAsked] = useState<Asked | null>(null);
  const show = useCallback(
    (id: string | null) =>
      setParameters((before) => {
        const after = new URLSearchParams(before);
        if (id) after.set('account', id);
        else after.delete('account');
        return after;
      }),
    [setParameters],
  );
  const actions = useMemo<PageActions>(
    () => ({
      openDetails: ({ id }) => show(id),
      askReconnect: (connection) => setAsked({ for: 'reconnect', connection }),
      askDisconnect: (connection) => setAsked({ for: 'disconnect', connection }),
      askConnect: () => setAsked({ for: 'connect' }),
    }),
    [show],
  );
  const close = () => setAsked(null);
  return (
    <PageActionsProvider value={actions}>
      <ActivitiesProvider>
        <ConnectionsPage />
        <DetailPanel connectionId={parameters.get('account')} onClose={() => show(null)} />
        <ConnectDialog opened={asked?.for === 'connect'} onClose={close} />
        <ReconnectDialog connection={asked?.for === 'reconnect' ? asked.connection : null} onClose={close} />
        <DisconnectDialog connection={asked?.for === 'disconnect' ? asked.connection : null} onClose={close} />
        <ConnectReturnDialog />
      </ActivitiesProvider>
    </PageActionsProvider>
  );
}
