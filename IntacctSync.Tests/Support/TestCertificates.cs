using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IntacctSync.Tests.Support;

/// <summary>An authority that only these tests know, and what it issues to the loopback address.</summary>
public sealed class TestCertificates : IDisposable
{
    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(Some.Now.AddYears(-1), Some.Now.AddYears(10));
        OfLoopback = Issue("127.0.0.1", names => names.AddIpAddress(IPAddress.Loopback));
        OfAnother = Issue("192.0.2.1", names => names.AddIpAddress(IPAddress.Parse("192.0.2.1")));
    }

    public X509Certificate2 Authority { get; }

    /// <summary>Made out to 127.0.0.1.</summary>
    public X509Certificate2 OfLoopback { get; }

    /// <summary>Made out to an address that nobody calls.</summary>
    public X509Certificate2 OfAnother { get; }

    public void Dispose()
    {
        Authority.Dispose();
        OfLoopback.Dispose();
        OfAnother.Dispose();
    }

    /// <summary>Made out to a host name.</summary>
    public X509Certificate2 Of(string host) => Issue(host, names => names.AddDnsName(host));

    private X509Certificate2 Issue(string subject, Action<SubjectAlternativeNameBuilder> name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        name(names);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(
            Authority,
            new DateTimeOffset(Authority.NotBefore),
            new DateTimeOffset(Authority.NotAfter),
            RandomNumberGenerator.GetBytes(8)
        );
        using var whole = bare.CopyWithPrivateKey(key);

        // A key that is in memory only serves no TLS on Windows.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
