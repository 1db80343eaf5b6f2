export interface AdAccount {
  /** Without `act_`. */
  id: string;
  name: string;
  /** 1 active, 2 disabled, 3 unsettled, 101 closed. */
  status: number;
  currency: string;
  pixels: { id: string; name: string }[];
}

export const HARBOUR_ADS: AdAccount = {
  id: '400490300200101',
  name: 'Harbour Ads',
  status: 1,
  currency: 'EUR',
  pixels: [
    { id: '500490300200101', name: 'Harbour shop pixel' },
    { id: '500300200100102', name: 'Harbour bookings pixel' },
  ],
};
export const OLD_ADS: AdAccount = {
  id: '400300200100102',
  name: 'Old campaigns',
  status: 2,
  currency: 'EUR',
  pixels: [],
};
export const PETREL_ADS: AdAccount = {
  id: '400300200100301',
  name: 'Petrel Ads',
  status: 1,
  currency: 'GBP',
  pixels: [{ id: '500300200100301', name: 'Petrel pixel' }],
};

const AD_ACCOUNTS = [HARBOUR_ADS, OLD_ADS, PETREL_ADS];
const adAccountsById = new Map(AD_ACCOUNTS.map((account): [string, AdAccount] => [`act_${account.id}`, account]));
const pixelsById = new Map(AD_ACCOUNTS.flatMap(({ pixels }) => pixels).map((pixel) => [pixel.id, pixel]));

/** By id with `act_`. */
export const adAccountById = (id: string): AdAccount | undefined => adAccountsById.get(id);
export const pixelById = (id: string): AdAccount['pixels'][number] | undefined => pixelsById.get(id);
