import { fhirPlaces } from '../discover/places/fhir/fhir-places.ts';
import type { PlacePorts } from '../discover/places/find-places.ts';
import { listedPlaces } from '../discover/places/listed-places.ts';
import type { Places } from '../discover/places/places.ts';
import type { Settings } from '../settings.ts';
import type { FhirDirectorySettings } from '../settings-directory.ts';
import { believed } from './believed.ts';
import { clientTokens } from './fhir/client-tokens.ts';
import { httpFetch } from './http-fetch.ts';
import { readPlacesFile } from './places-file.ts';
import { relayCredentials } from './relay-secret.ts';

type Env = Readonly<Record<'PLACES_FILE' | 'RESOLVERS' | 'RELAY_SECRET', string>>;

/** Where a function looks for places: the data holder's own list, and the FHIR directory of the settings behind it. */
export function placePorts(
  env: Env,
  { directory: { fhir }, outboundLoopback: loopback }: Settings,
): Pick<PlacePorts, 'places' | 'placeAt'> {
  const listed = listedPlaces(readPlacesFile(env.PLACES_FILE));
  return {
    places: fhir === undefined ? [listed] : [listed, directoryOf(fhir, env, loopback)],
    placeAt: (address) => listed.at(address),
  };
}

function directoryOf(fhir: FhirDirectorySettings, env: Env, loopback: boolean): Places {
  const { token, authorities } = fhir;
  const fetch = httpFetch({
    loopback,
    resolvers: env.RESOLVERS,
    ...(authorities.length > 0 && { authorities: believed(authorities) }),
  });
  const credentials = relayCredentials(env.RELAY_SECRET);
  return fhirPlaces({
    baseUrl: fhir.baseUrl,
    deadlineSeconds: fhir.deadlineSeconds,
    fetch,
    ...(token && { token: clientTokens({ ...token, authorities }, credentials) }),
  });
}
