import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { prepareSignedUrl } from './sign-url.js';

// Addresses and signatures of https://github.com/googleapis/conformance-tests (storage/v1/v4_signatures.json), and the
// public half of the key that made them: what we would sign is what was signed there.
const signer = 'test-iam-credentials@dummy-project-id.iam.gserviceaccount.com';
const publicKey = createPublicKey({
  key: Buffer.from(
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArD8zIqyKLbX0Nq8o0Jj1qHEhHhqO3+0OP7TEFx5Vxc6PdwBoFNrfnJRI' +
      '/S+ZaDYS1avr5Pqpp8g8+UNOMvI1VsjGM8xjTaxkVv8mmKp6pSmQstTt25pzY1exA2wv4xNWSwWNFNx2kh35+kvTQ/DF3YA9P7pU' +
      'U1sKur1PP8OoubWLFO59iy5UE5dX0O/3pjvZ2HAhSXsx2VWtB5nlrHR8FrKJNLJMEGEDSMz9yRfQaUeYCU9oDYHuiqKQ3rCXi6C8' +
      '2l+3FJw5/ggJ5y7iw8MErCFSslcYQRbBVz6ZYKWkEcJhs8BG3/16bfaqNusNlDIJ99I7DmipUngF/HEulYhfrQIDAQAB',
    'base64',
  ),
  format: 'der',
  type: 'spki',
});

interface Vector {
  readonly object: string;
  readonly at: string;
  readonly expiresInSeconds: number;
  readonly query: string;
  readonly signature: string;
}

test.each<Vector>([
  {
    object: 'test-bucket/test-object',
    at: '2019-02-01T09:00:00Z',
    expiresInSeconds: 10,
    query:
      'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam-credentials%40dummy-project-id.iam.gser' +
      'viceaccount.com%2F20190201%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20190201T090000Z&X-Goog-Expi' +
      'res=10&X-Goog-SignedHeaders=host',
    signature:
      '95e6a13d43a1d1962e667f17397f2b80ac9bdd1669210d5e08e0135df9dff4e56113485dbe429ca2266487b9d1796ebdee2d' +
      '7cf682a6ef3bb9fbb4c351686fba90d7b621cf1c4eb1fdf126460dd25fa0837dfdde0a9fd98662ce60844c458448fb2b352c' +
      '203d9969cb74efa4bdb742287744a4f2308afa4af0e0773f55e32e92973619249214b97283b2daa14195244444e33f938138' +
      'd1e5f561088ce8011f4986dda33a556412594db7c12fc40e1ff3f1bedeb7a42f5bcda0b9567f17f65855f65071fabb88ea12' +
      '371877f3f77f10e1466fff6ff6973b74a933322ff0949ce357e20abe96c3dd5cfab42c9c83e740a4d32b9e11e146f0eb3404' +
      'd2e975896f74',
  },
  {
    object: 'test-bucket/test-object',
    at: '2019-03-01T09:00:00Z',
    expiresInSeconds: 20,
    query:
      'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam-credentials%40dummy-project-id.iam.gser' +
      'viceaccount.com%2F20190301%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20190301T090000Z&X-Goog-Expi' +
      'res=20&X-Goog-SignedHeaders=host',
    signature:
      '9669ed5b10664dc594c758296580662912cf4bcc5a4ba0b6bf055bcbf6f34eed7bdad664f534962174a924741a0c273a4f67' +
      'bc1847cef20192a6beab44223bd9d4fbbd749c407b79997598c30f82ddc269ff47ec09fa3afe74e00616d438df0d96a7d8ad' +
      '0adacfad1dc3286f864d924fe919fb0dce45d3d975c5afe8e13af2db9cc37ba77835f92f7669b61e94c6d562196c1274529e' +
      '76cfff1564cc2cad7d5387dc8e12f7a5dfd925685fe92c30b43709eee29fa2f66067472cee5423d1a3a4182fe8cea75c9329' +
      'd181dc6acad7c393cd04f8bf5bc0515127d8ebd65d80c08e19ad03316053ea60033fd1b1fd85a69c576415da3bf0a3718d9e' +
      'a6d03e0d66f0',
  },
  {
    object: 'test-bucket2/test-object2',
    at: '2019-02-01T09:00:00Z',
    expiresInSeconds: 10,
    query:
      'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam-credentials%40dummy-project-id.iam.gser' +
      'viceaccount.com%2F20190201%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20190201T090000Z&X-Goog-Expi' +
      'res=10&X-Goog-SignedHeaders=host',
    signature:
      '36e3d58dfd3ec1d2dd2f24b5ee372a71e811ffaa2162a2b871d26728d0354270bc116face87127532969c4a3967ed05b7309' +
      'af741e19c7202f3167aa8c2ac420b61417d6451442bb91d7c822cd17be8783f01e05372769c88913561d27e6660dd8259f00' +
      '81a71f831be6c50283626cbf04494ac10c394b29bb3bce74ab91548f58a37118a452693cf0483d77561fc9cac8f1765d2c72' +
      '4994cca46a83517a10157ee0347a233a2aaeae6e6ab5e204ff8fc5f54f90a3efdb8301d9fff5475d58cd05b181affd657f48' +
      '203f4fb133c3a3d355b8eefbd10d5a0a5fd70d06e9515460ad74e22334b2cba4b29cae4f6f285cdb92d8f3126d7a1479ca3b' +
      'db69c207d860',
  },
  // Has a query of its own, as the address of a generation has.
  {
    object: 'test-bucket/test-object?prefix=%2Ffoo&X-Goog-Meta-Foo=bar',
    at: '2019-02-01T09:00:00Z',
    expiresInSeconds: 10,
    query:
      'X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam-credentials%40dummy-project-id.iam.gser' +
      'viceaccount.com%2F20190201%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Date=20190201T090000Z&X-Goog-Expi' +
      'res=10&X-Goog-Meta-Foo=bar&X-Goog-SignedHeaders=host&prefix=%2Ffoo',
    signature:
      'a07745e1b3d59b85cbe11aa766df72c22468959e7217615dccb7f030234f66b60b37e480f30725ed51f29816362ca8286c61' +
      '9ebb66448ff1d370be2a4a48aacf20d3d2d6200ed17341a5791baf2ee5cd9c2823adacc6264f66c8a54fa887e1bce3c55cf7' +
      '8fb2f6a52618cf09d6f945f63d148052a7b66a75e075ff5065828a806b84bdc49a42399be7483225c720d5e18a6160f79d81' +
      '5f433e7921694fe1d041099851793c2581db0e5ca503cfb566e414f900ceede5f9b22030edd32ab20b6f7f9fb2afba89098b' +
      '9364e03397c03a94eac3a140c99979b8786844fb4f6c62c1985378939dd1bbaea8e41b9100dda85a27733171cc78d96ee362' +
      'ea2c3432f4d8',
  },
])('$object for $expiresInSeconds s', ({ object, at, expiresInSeconds, query, signature }) => {
  const url = new URL(`https://storage.googleapis.com/${object}`);
  const { stringToSign, withSignature } = prepareSignedUrl({ url, expiresInSeconds, signer, now: new Date(at) });
  const bytes = Buffer.from(signature, 'hex');
  expect(verify('RSA-SHA256', Buffer.from(stringToSign), publicKey, bytes)).toBe(true);
  expect(withSignature(bytes)).toBe(`${url.origin}${url.pathname}?${query}&X-Goog-Signature=${signature}`);
});
