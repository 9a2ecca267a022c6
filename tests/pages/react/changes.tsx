// The changed files of a pull request as React draws them: files come and go while scrolling.

import type { ReactNode } from "react";
import type { Comment, Review } from "../model";
import { Paragraphs, When } from "./body";
import { accountLink, Labels } from "./issue";
import { useVisibleRows } from "./virtual";

const FILE_HEIGHT_PX = 420;

function ThreadComment({ comment, opener }: { readonly comment: Comment; readonly opener: string }): ReactNode {
  return (
    <div className="ReviewThreadComment-module__container--z0">
      <div data-testid="comment-header" className="ActivityHeader-module__activityHeader--q9">
        <div className="ActivityHeader-module__TitleContainer--r6">
          <a
            className="ActivityHeader-module__AuthorLink--r7 prc-Link-Link-q0"
            data-testid="avatar-link"
            {...accountLink(comment.by, false)}
          >
            {comment.by.login}
          </a>
        </div>
        <When at={comment.at} />
        <Labels by={comment.by} association={comment.association} isAuthor={comment.by.login === opener} />
      </div>
      <div className="markdown-body">
        <Paragraphs body={comment.body} />
      </div>
    </div>
  );
}

export function ChangesView({ reviews, opener }: { readonly reviews: readonly Review[]; readonly opener: string }): ReactNode {
  const [first, last] = useVisibleRows(reviews.length, FILE_HEIGHT_PX, "changed-files", true);
  return (
    <div id="changed-files" style={{ position: "relative", height: reviews.length * FILE_HEIGHT_PX }}>
      {reviews.slice(first, last).map((review, at) => (
        <div
          key={first + at}
          data-testid="changed-file"
          style={{ position: "absolute", top: (first + at) * FILE_HEIGHT_PX, left: 0, right: 0, height: FILE_HEIGHT_PX - 16 }}
        >
          <div className="thread-file">{review.thread?.file}</div>
          <pre className="diff">{review.thread?.lines.join("\n")}</pre>
          <div data-testid="review-thread" className="review-thread-component">
            {review.thread?.comments.map((comment, index) => (
              <ThreadComment key={index} comment={comment} opener={opener} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
