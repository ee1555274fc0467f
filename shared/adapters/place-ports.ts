import { fhirPlaces } from '../discover/places/fhir/fhir-places.ts';
import type { PlacePorts } from '../discover/places/find-places.ts';
import { listedPlaces } from '../discover/places/listed-places.ts';
import type { Settings } from '../settings.ts';
import { httpFetch } from './http-fetch.ts';
import { readPlacesFile } from './places-file.ts';

/** Where a function looks for places: the data holder's own list, and the FHIR directory of the settings behind it. */
export function placePorts(
  env: Readonly<Record<'PLACES_FILE' | 'RESOLVERS', string>>,
  { directory: { fhir }, outboundLoopback: loopback }: Settings,
): Pick<PlacePorts, 'places' | 'placeAt'> {
  const listed = listedPlaces(readPlacesFile(env.PLACES_FILE));
  const fetch = httpFetch({ loopback, resolvers: env.RESOLVERS });
  return {
    places: fhir === undefined ? [listed] : [listed, fhirPlaces({ ...fhir, fetch })],
    placeAt: (address) => listed.at(address),
  };
}
