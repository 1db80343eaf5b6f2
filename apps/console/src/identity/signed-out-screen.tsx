import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Screen } from '../look/screen.tsx';
import { useSession } from './session-provider.tsx';

/** What a visitor without a session sees. */
export function SignedOutScreen() {
  const { ended, signIn } = useSession();
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState(false);
  const leave = () => {
    setLeaving(true);
    setFailed(false);
    signIn().catch(() => {
      setLeaving(false);
      setFailed(true);
    });
  };
  return (
    <Screen
      title={ended ? 'Your session has ended' : 'Keep your accounts connected'}
      text={
        ended
          ? 'Sign in again and you will be back where you were.'
          : 'Mooring renews the access to your social accounts before it lapses, and tells you at once when a platform cuts one off.'
      }
    >
      <Button size="md" fullWidth onClick={leave} loading={leaving}>
        Sign in
      </Button>
      {failed && (
        <Text role="alert" size="sm" ta="center" style={{ color: 'var(--bad)' }}>
          The sign-in page cannot be reached. Please try again in a moment.
        </Text>
      )}
    </Screen>
  );
}
