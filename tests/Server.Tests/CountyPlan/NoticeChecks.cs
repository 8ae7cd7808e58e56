using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>Everything that was to be said is in exactly one mail.</summary>
internal sealed class NoticeChecks(County county)
{
    public async Task Run()
    {
        var mails = Directory.EnumerateFiles(county.Options.Outbox, "*.eml").Count();
        var ownMails = 0;
        var digests = new HashSet<string>();
        var digestsNamed = new HashSet<string>();
        await foreach (var row in county.Cases.All("notices", TestContext.Current.CancellationToken))
        {
            Assert.Contains(row.Card.Status, (string[])["sent", "inDigest"]);
            var notice = row.Card.Summary.Deserialize<NoticeSummary>(Wire.Options)!;
            ownMails += notice.Digests is null ? 1 : 0;
            digestsNamed.UnionWith(notice.Digests ?? []);
            if (notice.Template == Digest.Template)
            {
                digests.Add(notice.Key);
            }
        }

        // One mail for each notice that is none of a digest, the digests among them; and every digest that says something is there.
        Assert.Equal(ownMails, mails);
        Assert.Equal(digestsNamed.Order(), digests.Order());
    }
}
