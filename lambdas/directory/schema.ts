import { DirectoryQuery } from '../../shared/discover/places/query.ts';
import { PlacesView } from '../../shared/discover/places/view.ts';
import type { Operations } from '../../shared/operation.ts';

export const OPERATIONS = {
  'GET /v1/directory': {
    id: 'findPlaces',
    summary:
      'Finds places to send to: recent addresses of the patient first, then what the lists of places have.',
    query: DirectoryQuery,
    answers: {
      200: {
        summary:
          'Those in which every word begins a word of the name, the place, the specialty or the domain.',
        content: {
          'application/json': {
            schema: PlacesView,
            example: {
              places: [
                {
                  name: 'Lakeside Clinic',
                  address: 'records@direct.lakeside.example',
                  place: '12 Shore Road, Lakeside, OR 97449',
                  source: 'recent',
                  last: { status: 'delivered', at: '2026-11-22T12:00:00.000Z' },
                },
                {
                  name: 'Lakeview Cardiology',
                  address: 'care@direct.lakeview.example',
                  specialty: 'Cardiology',
                  source: 'holder',
                },
              ],
            },
          },
        },
      },
    },
    refusals: [
      'patient/bad-id',
      'patient/unknown',
      'patient/merged',
      'consent/authority-missing',
      'consent/authority-ended',
    ],
  },
} satisfies Operations;
